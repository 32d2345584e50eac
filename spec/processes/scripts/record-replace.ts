import { TempCache } from '../../../lib/temp-cache.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/** Replaces one entry, through the cache, until it is told to stop: every value says whose it is, all over. */
const [path, writer] = scriptArgs<[string, number]>();
const cache = new TempCache(path, { mode: 'refresh' });
const lengths = [10, 1000, 8000, 30_000];
let count = 0;

const timer = setInterval(() => {
  for (let n = 0; n < 20; n++) {
    const length = lengths[count++ % lengths.length] ?? 10;
    cache.itemForKey('one').loadOrSave(() => ({ writer, numbers: Array<number>(length).fill(writer) }));
  }
}, 0);
const ears = hear(() => {
  clearInterval(timer);
  ears.close();
  process.stdin.destroy();
});
cache.itemForKey('one').save({ writer, numbers: [writer] });
say('ready');
