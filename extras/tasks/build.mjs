import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runTool } from './run.mjs';

/**
 * Compiles lib into a dist that holds nothing of an earlier build, with a command that can be run. What programs import is
 * bundled: a process that loads a hundred small modules starts four times as slowly.
 */
export async function build() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const declared = await runTool('tsc', ['-p', 'lib/tsconfig.json']);
  if (declared.code !== 0) return declared;
  await bundle();
  // npm does the same where it installs the package; `npx tempcache` in this folder needs it here.
  chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
  return declared;
}

/** One file for each thing that can be imported or run, and what several of these need in common. */
async function bundle() {
  const esbuild = await import('esbuild');
  const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const outputs = [...Object.values(exports).map(({ default: file }) => file), ...Object.values(bin)];
  const names = outputs.filter(Boolean).map((file) => /dist\/(.*)\.js$/.exec(file)[1]);
  await esbuild.build({
    entryPoints: Object.fromEntries(names.map((name) => [name, join(root, 'lib', `${name}.ts`)])),
    outdir: join(root, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    chunkNames: 'chunks/[hash]',
    logLevel: 'silent',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code, output } = await build();
  process.stderr.write(output);
  process.exitCode = code;
}
