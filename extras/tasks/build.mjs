import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runTool } from './run.mjs';

/** Compiles lib into a dist that holds nothing of an earlier build, with a command that can be run. */
export async function build() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const result = await runTool('tsc', ['-p', 'lib/tsconfig.json']);
  // npm does the same where it installs the package; `npx tempcache` in this folder needs it here.
  if (result.code === 0) chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
  return result;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code, output } = await build();
  process.stderr.write(output);
  process.exitCode = code;
}
