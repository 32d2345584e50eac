import fileSystemCache from 'file-system-cache';

export function open(folder) {
  const cache = fileSystemCache.default({ basePath: folder });
  return { isSync: false, get: (key) => cache.get(key), set: (key, value) => cache.set(key, value) };
}
