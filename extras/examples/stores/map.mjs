// Anything like a Map: here a dictionary in a JSON file, which is written once, when the cache is closed.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TempCache } from 'tempcache';
import { mapStore } from 'tempcache/store';

const folder = mkdtempSync(join(tmpdir(), 'map-'));
const path = join(folder, 'squares.json');
const square = (n) => (console.log(`  computing ${n}`), n * n);

function openDictionary() {
  const rows = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  return {
    get: (key) => (key in rows ? new Uint8Array(Buffer.from(rows[key], 'base64')) : undefined),
    set: (key, value) => (rows[key] = Buffer.from(value).toString('base64')),
    delete: (key) => delete rows[key],
    keys: () => Object.keys(rows),
    sync: () => writeFileSync(path, JSON.stringify(rows)),
  };
}

for (const run of ['first', 'second']) {
  const cache = new TempCache('squares', { store: mapStore(openDictionary(), { livesync: false }) });
  console.log(`${run} run:`, cache.cacheResult(square, 4));
  cache.close();
}
rmSync(folder, { recursive: true });
