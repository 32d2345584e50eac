import memoizeFs from 'memoize-fs';

export function open(folder) {
  const memoizer = memoizeFs({ cachePath: folder });
  return { isSync: false, wrap: (fn) => memoizer.fn(fn) };
}
