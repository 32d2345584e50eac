import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runTool } from './run.mjs';

const dist = join(root, 'dist');
/** Where the modules lie before they are bundled. */
const modules = join(root, 'node_modules', '.cache', 'tempcache-build');

/**
 * Compiles lib into a dist that holds nothing of an earlier build, with a command that can be run. What programs import is
 * bundled: a process that loads a hundred small modules starts several times as slowly.
 */
export async function build() {
  for (const folder of [dist, modules]) rmSync(folder, { recursive: true, force: true });
  const compiled = await runTool('tsc', ['-p', 'lib/tsconfig.json', '--outDir', modules, '--declarationDir', dist]);
  if (compiled.code !== 0) return compiled;
  await bundle();
  // npm does the same where it installs the package; `npx tempcache` in this folder needs it here.
  chmodSync(join(dist, 'cli', 'main.js'), 0o755);
  return compiled;
}

/** One file for each thing that can be imported or run, and what several of these need in common. */
async function bundle() {
  const { rollup } = await import('rollup');
  const { exports, bin, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const outputs = [...Object.values(exports).map(({ default: file }) => file), ...Object.values(bin)];
  const names = outputs.filter(Boolean).map((file) => /dist\/(.*)\.js$/.exec(file)[1]);
  const bundled = await rollup({
    input: Object.fromEntries(names.map((name) => [name, join(modules, `${name}.js`)])),
    external: [/^node:/, ...Object.keys(dependencies)],
    treeshake: { moduleSideEffects: false },
  });
  await bundled.write({ dir: dist, format: 'es', chunkFileNames: 'chunks/[name]-[hash].js' });
  await bundled.close();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code, output } = await build();
  process.stderr.write(output);
  process.exitCode = code;
}
