import CachePoint from 'cache-point';

export function open(folder) {
  const cache = new CachePoint({ dir: folder });
  return {
    isSync: true,
    get: (key) => cache.readSync(key) ?? undefined,
    set: (key, value) => cache.writeSync(key, value),
    wrap:
      (fn) =>
      (...args) => {
        const found = cache.readSync(args);
        if (found !== null) return found;
        const value = fn(...args);
        cache.writeSync(args, value);
        return value;
      },
  };
}
