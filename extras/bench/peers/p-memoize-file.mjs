import { join } from 'node:path';
import { KeyvFile } from 'keyv-file';
import pMemoize from 'p-memoize';

export function open(folder) {
  const cache = new KeyvFile({ filename: join(folder, 'keyv-'), separatedFile: true });
  return { isSync: false, wrap: (fn) => pMemoize(fn, { cache, cacheKey: (args) => JSON.stringify(args) }) };
}
