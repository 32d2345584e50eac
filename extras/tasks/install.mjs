import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

/** Installs the dependencies where they are missing or older than package-lock.json, and says so. */
export async function install() {
  const reason = whyInstall();
  if (reason === undefined) return;
  console.log(`Installing the dependencies with npm ci: ${reason}.`);
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline']);
  if (code === 0) return;
  console.error(output);
  throw new Error('npm ci failed: see above; a registry must be reachable');
}

function whyInstall() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return 'node_modules is missing';
  const wanted = join(root, 'package-lock.json');
  return statSync(installed).mtimeMs < statSync(wanted).mtimeMs
    ? 'node_modules is older than package-lock.json'
    : undefined;
}
