import persistentCache from 'persistent-cache';

export function open(folder) {
  const cache = persistentCache({ base: folder });
  return { isSync: true, get: (key) => cache.getSync(key), set: (key, value) => cache.putSync(key, value) };
}
