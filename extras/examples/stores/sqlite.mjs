// One file of SQLite, for many processes. On Node 20 it needs `npm install better-sqlite3@12`.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TempCache } from 'tempcache';
import { sqliteStore } from 'tempcache/sqlite';

const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
const path = join(folder, 'squares.sqlite');
const square = (n) => (console.log(`  computing ${n}`), n * n);
for (const run of ['first', 'second']) {
  const cache = new TempCache('squares', { store: sqliteStore({ path }) });
  console.log(`${run} run:`, cache.cacheResult(square, 4), '-', cache.stats().hits, 'hits');
  cache.close();
}
console.log(statSync(path).size > 0 ? 'all of it in one file' : 'nothing');
rmSync(folder, { recursive: true });
