import fileSystemCache from 'file-system-cache';

export function open(folder) {
  const cache = fileSystemCache.default({ basePath: folder });
  return { isSync: true, get: (key) => cache.getSync(key), set: (key, value) => cache.setSync(key, value) };
}
