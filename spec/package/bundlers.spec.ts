import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ownEnvironment, project, write } from '../support/packed.ts';

const exec = promisify(execFile);
const tools = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');

/** What a program does with a cache of its own and with a temporary one, and in between with everything that is loaded late. */
const BODY = `
const { existsSync } = process.getBuiltinModule('node:fs');
const cache = new TempCache('bundled-' + process.pid);
let runs = 0;
const load = cache.wrap((id) => new Map([[id, ++runs]]), { name: 'load', version: '1' });
const later = cache.wrap(async (id) => [id, ++runs], { name: 'later', version: '1' });
const items = cache.wrap(function* (id) { yield id; yield ++runs; }, { name: 'items', version: '1' });
async function main() {
  for (let n = 0; n < 2; n++) { load(1); await later(2); [...items(3)]; }
  const temporary = TempCache.temporary({ serializer: devalueSerializer(), memory: true, maxEntries: 9 });
  temporary.itemForKey('key').save(new Set([4]));
  const values = [load(1).get(1), await later(2), [...items(3)], [...temporary.itemForKey('key').load()]];
  const [inside, explained] = [existsSync(temporary.path), items.cache.explain(5).status];
  temporary.close();
  cache.prune();
  const left = [cache.clear(), existsSync(temporary.path)];
  console.log(JSON.stringify([runs, values, inside, explained, left]));
}
main();
`;
const IMPORTS = `import { TempCache } from 'tempcache';
import { devalueSerializer } from 'tempcache/devalue';`;
const REQUIRES = `const { TempCache } = require('tempcache');
const { devalueSerializer } = require('tempcache/devalue');`;

/** What it prints: three computations, and what they gave. */
const PRINTED = [3, [1, [2, 2], [3, 3], [4]], true, 'miss', [3, false]];

/** A bundle alone in a folder: what it does not hold is not there. */
async function run(bundle: string): Promise<unknown> {
  const folder = join(project, '..', 'alone');
  await mkdir(folder, { recursive: true });
  const alone = join(folder, bundle.replaceAll(/[\\/]/g, '-'));
  await cp(join(project, bundle), alone);
  const { stdout } = await exec(process.execPath, [alone], { cwd: folder, env: ownEnvironment() });
  return JSON.parse(stdout);
}

/** Makes one file of a program with esbuild, which has nothing to complain of. */
async function esbuild(program: string, outfile: string, ...more: readonly string[]): Promise<void> {
  const args = [program, '--bundle', '--platform=node', `--outfile=${outfile}`, '--log-level=warning', ...more];
  const { stderr } = await exec(join(tools, 'esbuild'), args, { cwd: project, env: ownEnvironment() });
  expect(stderr).toBe('');
}

beforeAll(async () => {
  await write('bundled/main.mjs', IMPORTS + BODY);
  await write('bundled/main.cjs', REQUIRES + BODY);
});

describe('a program in one file', () => {
  it.each([
    ['main.mjs', 'esm', 'mjs'],
    ['main.mjs', 'cjs', 'cjs'],
    ['main.cjs', 'esm', 'mjs'],
    ['main.cjs', 'cjs', 'cjs'],
  ])('that esbuild makes of %s for %s is whole', async (name, format, extension) => {
    const outfile = join('bundled', `esbuild-${name.replace('.', '-')}-${format}.${extension}`);
    await esbuild(join('bundled', name), outfile, `--format=${format}`);
    expect(await run(outfile)).toStrictEqual(PRINTED);
  });

  it.each([
    ['es', 'mjs'],
    ['cjs', 'cjs'],
  ])('that rollup makes of ES modules for %s is whole', async (format, extension) => {
    const file = join('bundled', `rollup-${format}.${extension}`);
    const args = [join(import.meta.dirname, 'roll-up.mjs'), join('bundled', 'main.mjs'), file, format];
    await exec(process.execPath, args, { cwd: project, env: ownEnvironment() });
    expect(await run(file)).toStrictEqual(PRINTED);
  });

  it('is whole in a single executable', async () => {
    const folder = join(project, 'executable');
    await mkdir(folder, { recursive: true });
    const outfile = join(folder, 'main.cjs');
    await esbuild(join('bundled', 'main.mjs'), outfile);
    const config = { main: outfile, output: join(folder, 'main.blob'), disableExperimentalSEAWarning: true };
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
    const options = { cwd: folder, env: ownEnvironment() };
    await exec(process.execPath, ['--experimental-sea-config', 'config.json'], options);
    const program = join(folder, 'program');
    await copyFile(process.execPath, program);
    await chmod(program, 0o755);
    const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
    await exec(join(tools, 'postject'), [program, 'NODE_SEA_BLOB', config.output, '--sentinel-fuse', fuse], options);
    const { stdout } = await exec(program, [], options);
    expect(JSON.parse(stdout)).toStrictEqual(PRINTED);
  });
});
