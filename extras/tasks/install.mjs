// For the tasks that a fresh checkout must be able to run: installs what package-lock.json says, where it is missing.
import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const installed = join(root, 'node_modules', '.package-lock.json');

/** Installs exactly what package-lock.json says where it is missing or older than that, and says so. */
export async function install() {
  const reason = whyInstall();
  if (reason === undefined) return;
  console.log(`Installing the dependencies with npm ci: ${reason}.`);
  const { code, output } = await run('npm', [
    'ci',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel',
    'error',
  ]);
  if (code !== 0) throw new Error(`npm ci failed:\n${output}`);
  const now = new Date();
  utimesSync(installed, now, now);
}

function whyInstall() {
  if (!existsSync(installed)) return 'node_modules is missing';
  const isOld = statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
  return isOld ? 'node_modules is older than package-lock.json' : undefined;
}
