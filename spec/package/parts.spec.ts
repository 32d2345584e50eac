import { execFile } from 'node:child_process';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { node, ownEnvironment, project, write } from '../support/packed.ts';

const exec = promisify(execFile);

/** Prints the files of the package that a script has loaded when it ends. */
const LOADED = `process.on('exit', () => {
  const loaded = Object.keys(require.cache).filter((file) => file.includes('dist'));
  console.log(loaded.map((file) => file.split(/dist[\\\\/]/).at(-1).replace('\\\\', '/')).join(' '));
});`;

const CORE = 'index.cjs parts/core.cjs';

describe('A process', () => {
  it.each([
    ['a sync function', `console.log(cache.wrap(function sync(n) { return n; })(1));`],
    ['an async function', `cache.wrap(async function later(n) { return n; })(1).then(console.log);`],
    ['an item', `console.log(cache.itemForKey('key').tryLoad() ?? (cache.itemForKey('key').save(1), 1));`],
  ])('with one hit of %s loads the core alone', async (_, call) => {
    const cache = `const { TempCache } = require('tempcache'); const cache = new TempCache('parts');`;
    const file = await write('parts.cjs', `${LOADED} ${cache} ${call}`);
    expect(await node(file)).toMatch(/^1\n.*parts\/miss\.cjs/);
    expect(await node(file)).toBe(`1\n${CORE}`);
  });

  it('that does nothing with the package loads the core alone, and no package', async () => {
    const file = await write(
      'nothing.mjs',
      `import { createRequire } from 'node:module';
       import 'tempcache';
       const require = createRequire(import.meta.url);
       ${LOADED.replace(`.filter((file) => file.includes('dist'))`, '')}`,
    );
    expect(await node(file)).toBe(CORE);
  });
});

/** Calls in every way, and prints what they give and what the cache says of it. */
const CALLS = `
const failed = new Set();
const onEvent = ({ type, error }) => error && failed.add(type + ' ' + error.code + ' ' + error.cause.code);
const cache = new TempCache('unloaded', { onEvent });
const sync = cache.wrap(function sync(n) { return n; });
const later = cache.wrap(async function later(n) { return n; });
const items = cache.wrap(function* items(n) { yield n; });
const itemsLater = cache.wrap(async function* itemsLater(n) { yield n; });
const item = cache.itemForKey('key');
const thrown = (call) => { try { return call(); } catch (error) { return error.name + ' ' + error.code; } };
(async () => {
  const found = [sync(1), await later(2), [...items(3)], cache.cacheResult(function once() { return 4; })];
  for await (const n of itemsLater(5)) found.push(n);
  found.push(item.loadOrSave(() => 6), await item.loadOrSave(async () => 7), item.tryLoad(8), item.trySave(9));
  found.push(sync.cache.run(10).value, sync.cache.refresh(11), await later.cache.refresh(12), thrown(() => item.save(13)));
  close();
  console.log(JSON.stringify([found, [...failed]]));
})();
`;

const COMPUTED = [1, 2, [3], 4, 5, 6, 7, 8, false, 10, 11, 12, 'StoreError ERR_TEMPCACHE_STORE'];

describe('A part that cannot be loaded', () => {
  it('is a store that fails: calls compute', async () => {
    const broken = join(project, 'broken');
    await cp(join(project, 'node_modules', 'tempcache'), broken, { recursive: true });
    const parts = join(broken, 'dist', 'parts');
    for (const name of await readdir(parts)) if (name !== 'core.cjs') await rm(join(parts, name));
    const file = await write(
      'broken.cjs',
      `const { TempCache } = require('./broken'); const close = () => {}; ${CALLS}`,
    );
    expect(JSON.parse(await node(file))).toEqual([COMPUTED, ['writeFailed ERR_TEMPCACHE_STORE MODULE_NOT_FOUND']]);
  });

  it('is loaded when it can be: too many files were open', async () => {
    const few = `
      const fs = require('node:fs');
      const { TempCache } = require('tempcache');
      require('node:worker_threads');
      const open = [];
      try { for (;;) open.push(fs.openSync(__filename)); } catch {}
      const close = () => { for (const file of open) fs.closeSync(file); };`;
    const file = await write(
      'few.cjs',
      `${few} process.on('exit', () => console.log(sync(1), later.cache.itemFor(2).trySave(2), items.name)); ${CALLS}`,
    );
    const options = { cwd: project, env: ownEnvironment() };
    const { stdout } = await exec('sh', ['-c', `ulimit -n 40; exec '${process.execPath}' ${file}`], options);
    const [calls, after] = stdout.trim().split('\n');
    const [found, failed] = JSON.parse(calls ?? '') as [unknown, string[]];
    expect(found).toEqual(COMPUTED);
    expect(failed).toContain('writeFailed ERR_TEMPCACHE_STORE EMFILE');
    expect(after).toBe('1 true items');
  });
});
