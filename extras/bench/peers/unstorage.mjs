import { createStorage } from 'unstorage';
import fsDriver from 'unstorage/drivers/fs';

export function open(folder) {
  const storage = createStorage({ driver: fsDriver({ base: folder }) });
  return {
    isSync: false,
    get: async (key) => (await storage.getItem(key)) ?? undefined,
    set: (key, value) => storage.setItem(key, value),
    close: () => storage.dispose(),
  };
}
