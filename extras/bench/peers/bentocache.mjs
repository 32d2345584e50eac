import { BentoCache, bentostore } from 'bentocache';
import { fileDriver } from 'bentocache/drivers/file';

export function open(folder) {
  const store = bentostore().useL2Layer(fileDriver({ directory: folder, pruneInterval: false }));
  const bento = new BentoCache({ default: 'files', stores: { files: store } });
  return {
    isSync: false,
    get: (key) => bento.get({ key }),
    set: (key, value) => bento.set({ key, value }),
    close: () => bento.disconnectAll(),
  };
}
