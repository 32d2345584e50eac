import CachePoint from 'cache-point';

/** It does not wrap functions, but makes the keys of any arguments. */
export function open(folder) {
  const cache = new CachePoint({ dir: folder });
  return {
    isSync: false,
    get: (key) => cache.read(key),
    set: (key, value) => cache.write(key, value),
    wrap:
      (fn) =>
      async (...args) => {
        try {
          return await cache.read(args);
        } catch (error) {
          if (error.code !== 'ENOENT') throw error;
        }
        const value = await fn(...args);
        await cache.write(args, value);
        return value;
      },
  };
}
