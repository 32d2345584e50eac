// Runs the benchmarks, all or those that are named. Makes a fresh checkout ready first, and gets what they compare with.
import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { makeReady } from './ready.mjs';
import { root, run } from './run.mjs';

const bench = join(root, 'extras', 'bench');
const args = process.argv.slice(2);

await makeReady();
if (!args.includes('--no-peers')) await installPeers();
const { code } = await run(process.execPath, [join(bench, 'run.mjs'), ...args], { show: true });
process.exitCode = code;

/** They are optional dependencies: npm leaves out what it cannot install, and the benchmarks report it. */
async function installPeers() {
  const installed = join(bench, 'node_modules', '.package-lock.json');
  const wanted = join(bench, 'package.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  console.log(
    'Installing what is compared with into extras/bench/node_modules; one of them is compiled: a minute or two.',
  );
  const flags = '--no-save --no-package-lock --no-audit --no-fund --loglevel error';
  const { code: failed, output } = await run('npm', ['install', '--prefix', bench, ...flags.split(' ')]);
  if (failed !== 0) console.log(`npm install failed, so some or all are left out:\n${output}`);
  if (!existsSync(installed)) return;
  const now = new Date();
  utimesSync(installed, now, now);
}
