import { create } from 'flat-cache';

/** It writes everything into one file when it is told to. */
export function open(folder) {
  const cache = create({ cacheId: 'cache', cacheDir: folder });
  return {
    isSync: true,
    get: (key) => cache.get(key),
    set(key, value) {
      cache.set(key, value);
      cache.save();
    },
  };
}
