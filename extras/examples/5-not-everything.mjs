// Two ways to say that a result is not to be kept: `shouldCache` from outside, `NoCache` from inside.
import { NoCache, TempCache } from 'tempcache';

const cache = TempCache.temporary();
const words = { cat: 'Katze', dog: 'Hund' };

const translate = cache.wrap(
  function translate(word) {
    console.log(`  looking up ${word}`);
    return words[word];
  },
  { shouldCache: (translation) => translation !== undefined },
);

console.log(translate('cat'), translate('cat'), translate('owl'));
words.owl = 'Eule';
console.log(translate('owl'), '- the miss was not kept');

const status = cache.wrap(function status(service) {
  console.log(`  asking ${service}`);
  if (service === 'mail') throw new NoCache('unknown');
  return 'up';
});

console.log(status('web'), status('web'), status('mail'), status('mail'));
