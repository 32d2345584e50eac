import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runTool } from './run.mjs';

const dist = join(root, 'dist');
/** Where the modules lie before they are bundled. */
const modules = join(root, 'node_modules', '.cache', 'tempcache-build');
const moduleOf = (name) => join(modules, `${name}.js`);

/** Small packages that become part of the bundle, and their licences: as modules of their own they cost each process several ms. */
const INLINED = { bytes: 'LICENSE', ms: 'license.md' };

/**
 * Compiles lib into a dist that holds nothing of an earlier build, with a command that can be run. What programs import is
 * bundled: a process that loads a hundred small modules starts several times as slowly.
 */
export async function build() {
  for (const folder of [dist, modules]) rmSync(folder, { recursive: true, force: true });
  const compiled = await compile();
  if (compiled.code !== 0) return compiled;
  await bundle();
  // npm does the same where it installs the package; `npx tempcache` in this folder needs it here.
  chmodSync(join(dist, 'cli', 'main.js'), 0o755);
  return compiled;
}

/** The code without its comments, which every process would have to read, and the declarations with them. */
async function compile() {
  const project = ['-p', 'lib/tsconfig.json'];
  const [code, declarations] = await Promise.all([
    runTool('tsc', [
      ...project,
      '--outDir',
      modules,
      '--declaration',
      'false',
      '--isolatedDeclarations',
      'false',
      '--removeComments',
    ]),
    runTool('tsc', [...project, '--outDir', dist, '--emitDeclarationOnly']),
  ]);
  return code.code === 0 ? declarations : code;
}

/** One file for each thing that can be imported or run, and what several of these need in common. */
async function bundle() {
  const { rollup } = await import('rollup');
  const { default: commonjs } = await import('@rollup/plugin-commonjs');
  const { nodeResolve } = await import('@rollup/plugin-node-resolve');
  const { exports, bin, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const outputs = [...Object.values(exports).map(({ default: file }) => file), ...Object.values(bin)];
  const names = outputs.filter(Boolean).map((file) => /dist\/(.*)\.js$/.exec(file)[1]);
  const bundled = await rollup({
    input: Object.fromEntries(names.map((name) => [name, moduleOf(name)])),
    external: [/^node:/, ...Object.keys(dependencies)],
    plugins: [nodeResolve({ resolveOnly: Object.keys(INLINED) }), commonjs()],
    treeshake: { moduleSideEffects: false },
  });
  let shared;
  const manualChunks = (id, { getModuleInfo }) => {
    shared ??= sharedChunks(getModuleInfo);
    return shared.find(({ ids }) => ids.has(id))?.name;
  };
  await bundled.write({ dir: dist, format: 'es', manualChunks, chunkFileNames: 'chunks/[name]-[hash].js' });
  await bundled.close();
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.md'), licences());
}

/**
 * Which file a module belongs to that several need: few larger ones, for each file that a program loads costs it a millisecond.
 * `tempcache/v8-serializer-utils` stands alone, so the rest of what the main entry shares with others is not loaded with it.
 */
function sharedChunks(getModuleInfo) {
  const reachable = (name) => reachableFrom(moduleOf(name), getModuleInfo);
  const others = ['inspector/index', 'serializers/devalue', 'stores/index'].map(reachable);
  const shared = [...reachable('index')].filter((id) => others.some((ids) => ids.has(id)));
  return [
    { name: 'values', ids: reachable('v8-serializer-utils/index') },
    { name: 'shared', ids: new Set(shared) },
  ];
}

function reachableFrom(file, getModuleInfo) {
  const found = new Set([file]);
  for (const id of found) for (const imported of getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

/** The licences of what became part of the bundle: they ask to go with it. */
function licences() {
  const texts = Object.entries(INLINED).map(([name, file]) => {
    const text = readFileSync(join(root, 'node_modules', name, file), 'utf8');
    return `## ${name}\n\n${text.trim()}\n`;
  });
  return `# Packages in this bundle\n\n${texts.join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code, output } = await build();
  process.stderr.write(output);
  process.exitCode = code;
}
