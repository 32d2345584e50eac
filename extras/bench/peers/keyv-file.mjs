import { join } from 'node:path';
import { Keyv } from 'keyv';
import { KeyvFile } from 'keyv-file';

export function open(folder) {
  const keyv = new Keyv({ store: new KeyvFile({ filename: join(folder, 'keyv.json') }) });
  return { isSync: false, get: (key) => keyv.get(key), set: (key, value) => keyv.set(key, value) };
}
