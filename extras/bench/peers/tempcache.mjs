import { TempCache } from '../../../dist/index.mjs';

/** Ours, in the shape of the others, where all are treated alike. */
export function open(folder) {
  const cache = new TempCache(folder);
  return {
    isSync: true,
    get: (key) => cache.itemForKey(key).tryLoad(),
    set: (key, value) => cache.itemForKey(key).save(value),
    wrap: (fn) => cache.wrap(fn, { name: 'call' }),
  };
}
