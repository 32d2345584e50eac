/** Runs one benchmark in this process, in a fresh folder, and writes what it found: see run.mjs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadBenchmark } from './benchmarks/index.mjs';
import { makeFolder, removeFolder } from './support/folder.mjs';

const { name, options, reports, result } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// What is measured is not to depend on it.
delete process.env.TEMPCACHE_MODE;
delete process.env.TEMPCACHE_DIR;

const { run } = await loadBenchmark(name);
const folder = makeFolder();
try {
  const { tables, figures = {}, ...more } = await run({ folder, reports, options });
  writeFileSync(result, JSON.stringify({ tables, figures, ...more }));
} finally {
  removeFolder(folder);
}
// Some peers keep timers and threads.
process.exit();
