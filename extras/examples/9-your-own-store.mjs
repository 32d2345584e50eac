// A store of your own: seven functions over any place for bytes. Here it is one file, to which changes are appended.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TempCache } from 'tempcache';
import { defineStore } from 'tempcache/store';

function journalStore(path) {
  const rows = new Map();
  const apply = (id, text, savedAt) =>
    text === undefined ? rows.delete(id) : rows.set(id, { bytes: Buffer.from(text, 'base64'), savedAt });
  const change = (...line) => {
    appendFileSync(path, `\n${JSON.stringify(line)}`);
    return apply(...line);
  };
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  for (const line of lines) if (line.endsWith(']')) apply(...JSON.parse(line)); // one that is cut off is left out
  return defineStore({
    kind: 'sync', // answers at once; `scope` says where the records lie: they outlive this process
    scope: path,
    get: (id) => rows.get(id)?.bytes,
    set: (id, bytes) => change(id, Buffer.from(bytes).toString('base64'), Date.now()),
    delete: (id) => rows.has(id) && change(id),
    entries: () => [...rows].map(([id, { bytes, savedAt }]) => ({ id, size: bytes.length, savedAt })),
    clear: () => (rows.clear(), writeFileSync(path, '')),
    close: () => rows.clear(), // `lease` is left out: other processes may compute the same value
  });
}

const path = join(mkdtempSync(join(tmpdir(), 'journal-')), 'journal');
const square = (n) => (console.log(`  computing ${n}`), n * n);
for (const run of ['first', 'second']) {
  const cache = new TempCache('squares', { store: journalStore(path) });
  console.log(`${run} run:`, cache.cacheResult(square, 4), '-', cache.stats().entries, 'entry');
  cache.close();
}
rmSync(join(path, '..'), { recursive: true });
