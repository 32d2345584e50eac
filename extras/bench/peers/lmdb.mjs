import { join } from 'node:path';
import { open as openDatabase } from 'lmdb';

/** Its own encoding, MessagePack with its extensions, without waiting for the disk, as caches do. */
export function open(folder) {
  const database = openDatabase({ path: join(folder, 'cache.lmdb'), structuredClone: true, noSync: true });
  return {
    isSync: true,
    get: (key) => database.get(key),
    set: (key, value) => database.putSync(key, value),
    close: () => database.close(),
  };
}
