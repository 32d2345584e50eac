import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { breakerName, leaseName } from '../../../lib/stores/file/names.ts';
import { say, scriptArgs } from '../../support/script-side.ts';
import { takeLease } from '../../support/lease.ts';

/**
 * Takes and releases one lease for ever. Between the two it writes `+` and `-` to a log that all append to: who writes `-`
 * after another one's `+` held the lease together with it.
 *
 * Around the steps of which a takeover consists it stalls at random, so that all interleave with all, and now and then it kills
 * itself there. Most rounds end with a lease whose holder is dead, for all others to fight for.
 */
const [path, id, log, deathRate] = scriptArgs<[string, string, string, number]>();
const fd = fs.openSync(log, 'a');

const pause = new Int32Array(new SharedArrayBuffer(4));

function stumble(): void {
  const chance = Math.random();
  if (chance < deathRate) process.kill(process.pid, 'SIGKILL');
  if (chance > 0.8) Atomics.wait(pause, 0, 0, Math.random() * 3);
}

function stumbling<A extends readonly unknown[], R>(step: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    stumble();
    const result = step(...args);
    stumble();
    return result;
  };
}

fs.linkSync = stumbling(fs.linkSync);
fs.renameSync = stumbling(fs.renameSync);
fs.unlinkSync = stumbling(fs.unlinkSync);
syncBuiltinESMExports();

/** A token that names a process that no system can have. */
function deadToken(): string {
  const own = fs.readFileSync(`${path}/${lock}`, 'latin1');
  return own.replace(/-\d+-\d+-(\d+)-.*/, `-1999999999-1999999999-$1-${randomBytes(4).toString('hex')}`);
}

function plant(name: string, token: string): void {
  fs.writeFileSync(`${log}.${process.pid}`, token);
  fs.renameSync(`${log}.${process.pid}`, `${path}/${name}`);
}

/** Leaves the lease as if its holder had died, and sometimes as if one had died that was taking it over, and another one. */
function leaveDead(n: number): void {
  const [holder, second, third] = [deadToken(), deadToken(), deadToken()];
  const breaker = breakerName(lock, holder);
  if (n % 3 === 0) plant(breaker, second);
  if (n % 6 === 0) plant(breakerName(breaker, second), third);
  plant(lock, holder);
}

const lock = leaseName(id);
const store = fileStore({ path });
say('ready');
for (let n = 0; n < Number.MAX_SAFE_INTEGER; n++) {
  if (n % 97 === 0) store.sweep();
  const lease = takeLease(store, id, 60_000);
  if (lease === undefined) continue;
  fs.writeSync(fd, `+${process.pid} ${n}${lease.takenOver ? ' taken over' : ''}\n`);
  stumble();
  fs.writeSync(fd, `-${process.pid} ${n}\n`);
  if (n % 5 !== 0) leaveDead(n);
  lease.release();
}
