// A folder of LMDB, for many processes and millions of small entries. It needs `npm install lmdb`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TempCache } from 'tempcache';
import { lmdbStore } from 'tempcache/lmdb';

const folder = mkdtempSync(join(tmpdir(), 'lmdb-'));
const cache = new TempCache('squares', { store: lmdbStore({ path: join(folder, 'squares') }) });
const square = cache.wrap((n) => n * n, { name: 'square' });
for (let n = 0; n < 100; n++) square(n % 10);
const { entries, hits, misses } = cache.stats({ since: 'process' });
console.log(entries, 'entries,', hits, 'hits,', misses, 'misses');
cache.close();
rmSync(folder, { recursive: true });
