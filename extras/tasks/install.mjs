import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const installed = join(root, 'node_modules', '.package-lock.json');

/**
 * Installs the dependencies of package-lock.json where they are missing or older than it, and says so. Not with
 * `npm ci`, which refuses a lock file that lacks the optional packages of other platforms; this changes no file either.
 */
export async function install() {
  const reason = whyInstall();
  if (reason === undefined) return;
  console.log(`Installing the dependencies with npm install: ${reason}.`);
  const args = ['install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const { code, output } = await run('npm', args);
  if (code !== 0) throw new Error(`npm install failed:\n${output}`);
  const now = new Date();
  utimesSync(installed, now, now);
}

function whyInstall() {
  if (!existsSync(installed)) return 'node_modules is missing';
  const isOld = statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
  return isOld ? 'node_modules is older than package-lock.json' : undefined;
}
