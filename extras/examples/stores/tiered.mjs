// A store of this process in front of one far away, which takes its time.
import { setTimeout } from 'node:timers/promises';
import { memoryStore, TempCache } from 'tempcache';
import { mapStore, tiered } from 'tempcache/store';

let reads = 0;
const rows = new Map();
const server = {
  get: async (key) => (reads++, await setTimeout(20), rows.get(key)),
  set: async (key, value) => void rows.set(key, value),
  delete: async (key) => rows.delete(key),
  keys: () => rows.keys(),
};
const far = mapStore(server, { async: true });
const cache = new TempCache('squares', { store: tiered(memoryStore(), far, { nearMaxAge: '10s' }), stats: false });
const square = cache.wrap((n) => n * n, { name: 'square' });
await square(4);
const before = reads;
for (let n = 0; n < 100; n++) await square(4);
console.log('100 hits,', reads - before, 'reads far away');
