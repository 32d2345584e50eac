import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runTool } from './run.mjs';

/** Compiles lib into a dist that holds nothing of an earlier build. */
export async function build() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  return runTool('tsc', ['-p', 'lib/tsconfig.json']);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code, output } = await build();
  process.stderr.write(output);
  process.exitCode = code;
}
