// A Keyv over any of its adapters, here its Map, and a cache as the storage of a Keyv. It needs `npm install keyv`.
import { Keyv } from 'keyv';
import { memoryStore, TempCache } from 'tempcache';
import { keyvStore, toKeyv } from 'tempcache/keyv';

const cache = new TempCache('squares', { store: keyvStore(new Keyv({ namespace: 'squares' })) });
const square = cache.wrap(async (n) => n * n, { name: 'square' });
console.log(await square(4), await square(4)); // promises: it may be far away

const keyv = new Keyv({ store: toKeyv(new TempCache('for-keyv', { store: memoryStore() })), namespace: 'users' });
await keyv.set('one', { id: 1 }, 60_000);
console.log(await keyv.get('one'));
