// For the tasks that import the package: installs and builds, each only where it must.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { root, runTask } from './run.mjs';

/** Makes a fresh checkout ready to run what imports the package: installs and builds, each only where it must, and says so. */
export async function makeReady() {
  await install();
  const reason = whyBuild();
  if (reason === undefined) return;
  console.log(`Building lib into dist: ${reason}.`);
  const { code, output } = await runTask('build');
  if (code === 0) return;
  // The compiler writes files in spite of errors, and the next run must not take them for a build.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  throw new Error(`The build failed:\n${output}`);
}

function whyBuild() {
  // What is written last.
  const built = join(root, 'dist', 'THIRD-PARTY-LICENSES.md');
  if (!existsSync(built)) return 'dist is missing';
  const newest = Math.max(...sources().map((path) => statSync(join(root, path)).mtimeMs));
  return newest > statSync(built).mtimeMs ? 'dist is older than lib' : undefined;
}

/** What the build is made of. Folders count too: their time changes when a file is added or removed. */
function sources() {
  const lib = readdirSync(join(root, 'lib'), { recursive: true }).map((path) => `lib/${path}`);
  const tasks = ['build', 'common-js', 'declarations', 'hit', 'parts', 'syntax'].map(
    (name) => `extras/tasks/${name}.mjs`,
  );
  return ['tsconfig.json', 'lib', ...lib, ...tasks];
}
