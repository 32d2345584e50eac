import { join } from 'node:path';
import { createCache } from 'cache-manager';
import { Keyv } from 'keyv';
import { KeyvFile } from 'keyv-file';

export function open(folder) {
  const keyv = new Keyv({ store: new KeyvFile({ filename: join(folder, 'manager.json') }) });
  const cache = createCache({ stores: [keyv] });
  return { isSync: false, get: (key) => cache.get(key), set: (key, value) => cache.set(key, value) };
}
