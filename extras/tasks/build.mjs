/**
 * `npm run build`: compiles lib into a dist that holds nothing of an earlier build, with a command that can be run: a few
 * files of CommonJS, entries that can be imported too, and a declaration for each of them.
 */
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { endOfPart, entryOf, entryText, facadeText, toCommonJs } from './common-js.mjs';
import { filesOfHit } from './hit.mjs';
import { COMMANDS, ENTRIES, partsOf } from './parts.mjs';
import { root, runTask, runTool } from './run.mjs';
import { neededAtOnce } from './syntax.mjs';

const dist = join(root, 'dist');
/** Where the modules lie before they are bundled. */
const modules = join(root, 'node_modules', '.cache', 'tempcache-build');
const moduleOf = (path) => join(modules, `${path}.js`);

process.exitCode = await build();

/** @returns {Promise<number>} the exit code */
async function build() {
  for (const folder of [dist, modules]) rmSync(folder, { recursive: true, force: true });
  const [compiled, declared] = await Promise.all([compile(), declare()]);
  process.stderr.write(compiled.output + declared.output);
  if (compiled.code !== 0 || declared.code !== 0) return 1;
  await bundle();
  // npm does the same where it installs the package; `npx tempcache` in this folder needs it here.
  for (const name of Object.keys(COMMANDS)) chmodSync(join(dist, `${name}.cjs`), 0o755);
  return 0;
}

/** The code without its comments, which every process would have to read. */
function compile() {
  const flags = ['--declaration', 'false', '--isolatedDeclarations', 'false', '--removeComments'];
  return runTool('tsc', ['-p', 'lib/tsconfig.json', '--outDir', modules, ...flags]);
}

/** In a process of its own: it takes as long as all else. */
function declare() {
  return runTask('declarations');
}

async function bundle() {
  const hit = await filesOfHit(modules);
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const bundled = await rollup({
    input: Object.fromEntries(
      Object.entries({ ...ENTRIES, ...COMMANDS }).map(([name, path]) => [name, moduleOf(path)]),
    ),
    external: [/^node:/, ...Object.keys(dependencies)],
    plugins: [plainRequire(), nodeResolve({ exportConditions: ['node'], preferBuiltins: true }), commonjs()],
    onLog: (level, log, report) => log.code === 'CIRCULAR_CHUNK' || report(level, log),
    treeshake: { moduleSideEffects: (id) => id === moduleOf(COMMANDS.cli) },
  });
  const { output } = await bundled.generate({
    format: 'es',
    entryFileNames: 'parts/[name].cjs',
    chunkFileNames: 'parts/[name].cjs',
    manualChunks: manualChunks(hit),
    hoistTransitiveImports: false,
    minifyInternalExports: false,
  });
  await bundled.close();
  const entries = output.filter(({ isEntry }) => isEntry).map(entryOf);
  for (const chunk of output.filter(({ moduleIds }) => moduleIds.length > 0)) writePart(chunk, entries);
  for (const entry of entries) writeEntry(entry);
  writeDist('THIRD-PARTY-LICENSES.md', licences(bundled.watchFiles));
}

/** A part is CommonJS and has a `require` of its own, which bundlers see through. */
function plainRequire() {
  const made = /^import { createRequire } from 'node:module';$|^const require = createRequire.*$/gm;
  return { name: 'plain-require', transform: (code) => ({ code: code.replaceAll(made, ''), map: null }) };
}

/** The parts, which are known when all modules are. */
function manualChunks(hit) {
  let parts;
  return (id, { getModuleIds, getModuleInfo }) => {
    parts ??= partsOf(graphOf([...getModuleIds()], getModuleInfo, hit));
    return parts.get(pathOf(id));
  };
}

function graphOf(ids, getModuleInfo, hit) {
  const own = ids.map(getModuleInfo).filter(({ isExternal }) => !isExternal);
  const infos = new Map(own.map((info) => [pathOf(info.id), info]));
  const known = (imported) => imported.map(pathOf).filter((path) => infos.has(path));
  return {
    paths: [...infos.keys()],
    importsOf: (path) => known(infos.get(path).importedIds),
    neededBy: (path) => known(neededAtOnce(infos.get(path))),
    hit: new Set([...hit].map(pathOf)),
  };
}

/** The path of a module in lib, or of a package in node_modules. */
function pathOf(id) {
  const path = relative(modules, id).replaceAll(sep, '/');
  return path.startsWith('..') || id.startsWith('\0') ? `node_modules/${id}` : path.replace(/\.js$/, '');
}

function writePart(chunk, entries) {
  const ends = entries.filter(({ part }) => part === basename(chunk.fileName)).map(endOfPart);
  writeDist(chunk.fileName, toCommonJs(chunk) + ends.join(''));
}

function writeEntry(entry) {
  const shebang = entry.name in COMMANDS ? '#!/usr/bin/env node\n' : '';
  writeDist(`${entry.name}.cjs`, shebang + entryText(entry));
  if (entry.names.length > 0) writeDist(`${entry.name}.mjs`, facadeText(entry));
}

function writeDist(name, text) {
  const file = join(dist, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The licences of what became part of the bundle: they ask to go with it. */
function licences(files) {
  const packages = new Set(files.flatMap((file) => /^.*node_modules\/(?!\.)(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const texts = [...packages]
    .toSorted((a, b) => a.localeCompare(b))
    .map((folder) => {
      const name = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      if (name === undefined) throw new Error(`${folder} has no licence`);
      return `## ${folder.split('node_modules/').at(-1)}\n\n${readFileSync(join(folder, name), 'utf8').trim()}\n`;
    });
  return `# Packages in this bundle\n\n${texts.join('\n')}`;
}
