import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { makeFaulty, type Operation } from '../../support/faulty-store.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Saves so many entries. With `live` it stays until it hears `end`, and answers to anything else with the number of times it has
 * looked for a prune that is due, of prunes that it has ended, and of turns that its event loop has made since it began to delete.
 */
const [path, { maxAge, entries, live }] = scriptArgs<[string, { maxAge: number; entries: number; live: boolean }]>();
const { store, asked } = makeFaulty(fileStore({ path }));
const cache = new TempCache('spec', { store, maxAge, stats: false });
let turns = 0;

function count(operation: Operation): number {
  return asked.filter((other) => other === operation).length;
}

for (let n = 0; n < entries; n++) cache.itemForKey(n).save(n);
asked.length = 0;
say('saved');
if (live) {
  setInterval(() => {
    if (asked.includes('delete') && !asked.includes('sweep')) turns++;
  }, 1).unref();
  const ears = hear((word) => {
    // Each writes its mark when it begins and when it ends.
    say({ looks: count('peek'), prunes: count('set') / 2, turns });
    if (word !== 'end') return;
    ears.close();
    process.stdin.destroy();
  });
}
