import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';

/**
 * Compacts the counters of a folder whenever it is told a time, as if that were now, and says so. With a number, it is killed
 * when it is about to change the disk for the n-th time from then on.
 */
const [path, fatal] = scriptArgs<[string, number?]>();
const CHANGES = [
  'lutimesSync',
  'openSync',
  'renameSync',
  'unlinkSync',
  'writeSync',
  'writevSync',
  'linkSync',
  'closeSync',
] as const;
const store = fileStore({ path });
let changes = -Infinity;

function killAt(n: number): void {
  for (const name of CHANGES) Object.assign(fs, { [name]: killing(fs[name] as (...args: unknown[]) => unknown, n) });
  syncBuiltinESMExports();
}

function killing(change: (...args: unknown[]) => unknown, n: number): (...args: unknown[]) => unknown {
  return (...args) => {
    if (++changes === n) process.kill(process.pid, 'SIGKILL');
    return change(...args);
  };
}

// What is loaded and made first is not to be counted.
store.sweep();
if (fatal !== undefined) killAt(fatal);
const ears = hear((told) => {
  if (typeof told !== 'number') {
    ears.close();
    process.stdin.destroy();
    return;
  }
  Date.now = () => told;
  // Only what compacting changes is counted.
  changes = 0;
  store.sweep();
  changes = -Infinity;
  say('compacted');
});
say('ready');
