import { TempCache } from '../../../lib/temp-cache.ts';
import { say, scriptArgs } from '../../support/script-side.ts';
import { sizeOf, zipf } from '../../support/load.ts';

/** Draws keys as often as it is told, loads each or saves it where it is missing; says how many were there. */
const [path, limits, { keys, draws, seed }] =
  scriptArgs<[string, object, { keys: number; draws: number; seed: number }]>();
const cache = new TempCache(path, { ...limits, stats: false });
const draw = zipf(keys, seed);
let hits = 0;

for (let n = 0; n < draws; n++) {
  const key = draw();
  const item = cache.itemForKey(key);
  if (item.tryLoad() !== undefined) hits++;
  else item.save('x'.repeat(sizeOf(key)));
}
say(hits);
