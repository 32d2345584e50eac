import { TempCache } from '../../../lib/temp-cache.ts';
import { say, scriptArgs } from '../../support/script-side.ts';
import { sizeOf } from '../../support/load.ts';

/** Saves items, from one key to before another one, and loads one of the `hot` first keys of all after each; says how many were lost. */
const [path, limits, { from, to, hot }] = scriptArgs<[string, object, { from: number; to: number; hot: number }]>();
const cache = new TempCache(path, { ...limits, stats: false });
let lost = 0;

for (let key = from; key < to; key++) {
  save(key);
  if (cache.itemForKey(key % hot).tryLoad() !== undefined) continue;
  lost++;
  save(key % hot);
}
say(lost);

function save(key: number): void {
  cache.itemForKey(key).save('x'.repeat(sizeOf(key)));
}
