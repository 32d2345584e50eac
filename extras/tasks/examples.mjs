// Runs every example in extras/examples and its folders, in a process and a cache folder of its own, and fails if one of them fails.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReady } from './ready.mjs';
import { root, run } from './run.mjs';

await makeReady();
const folder = join(root, 'extras', 'examples');
const cacheFolder = mkdtempSync(join(tmpdir(), 'tempcache-examples-'));
const failed = [];
try {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.mjs'));
  for (const name of names.toSorted((one, other) => one.localeCompare(other))) {
    console.log(`\n> ${name}`);
    const { code } = await run(process.execPath, [join(folder, name)], {
      show: true,
      env: { TEMPCACHE_DIR: cacheFolder },
    });
    if (code !== 0) failed.push(name);
  }
} finally {
  rmSync(cacheFolder, { recursive: true, force: true });
}
console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : '\nAll examples ran.');
process.exitCode = failed.length > 0 ? 1 : 0;
