import { join } from 'node:path';
import { Cacheable } from 'cacheable';
import { KeyvFile } from 'keyv-file';

/** Memory in front of a file. `nonBlocking` is off: a save waits for the file, as it is asked to. */
export function open(folder) {
  const cache = new Cacheable({ secondary: new KeyvFile({ filename: join(folder, 'cacheable.json') }) });
  return { isSync: false, wrap: (fn) => cache.wrap(fn, { keyPrefix: 'bench' }), close: () => cache.disconnect() };
}
