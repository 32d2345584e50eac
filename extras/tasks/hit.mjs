/** Finds what a hit runs, by making some: V8 counts the calls of each function. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from './run.mjs';

/**
 * @param {string} modules the folder of the compiled modules
 * @returns {Promise<Set<string>>} the files of those that have a function which was called
 */
export async function filesOfHit(modules) {
  const folder = mkdtempSync(join(tmpdir(), 'tempcache-hit-'));
  const coverage = join(folder, 'coverage');
  const args = [import.meta.filename, modules, join(folder, 'cache')];
  try {
    // The first process saves what the second one finds.
    for (const env of [{}, { NODE_V8_COVERAGE: coverage }]) {
      const { code, output } = await run(process.execPath, args, { env });
      if (code !== 0) throw new Error(`extras/tasks/hit.mjs failed:\n${output}`);
    }
    const reports = readdirSync(coverage).map((name) => JSON.parse(readFileSync(join(coverage, name), 'utf8')));
    const scripts = reports.flatMap(({ result }) => result).filter(({ functions }) => functions.some(isCalled));
    const files = scripts.filter(({ url }) => url.startsWith('file:')).map(({ url }) => fileURLToPath(url));
    return new Set(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first range of a function is all of it; that of a module begins with it. */
function isCalled({ ranges: [{ count, startOffset }] }) {
  return count > 0 && startOffset > 0;
}

/** One hit of each kind, of values that V8 knows, and of some that it does not. */
async function hit(modules, folder) {
  const { TempCache } = await import(pathToFileURL(join(modules, 'index.js')).href);
  const cache = new TempCache(folder);
  cache.wrap(function sync(id) {
    return { id };
  })(1);
  await cache.wrap(async function later(id) {
    return { id, bytes: Buffer.from('bytes'), url: new URL('file:///'), error: new Error('kept') };
  })(2);
  cache.cacheResult(function once() {
    return 3;
  });
  const item = cache.itemForKey('key');
  if (!item.exists()) item.save([4]);
  item.load();
  item.tryLoad();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await hit(process.argv[2], process.argv[3]);
