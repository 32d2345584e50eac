import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readlinkSync, statfsSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';
import process from 'node:process';
import { errorCode } from '../../common/errors.ts';
import { isAbsent } from './failure.ts';

/**
 * Who writes, as temporary files and leases tell it to others:
 *
 *     <machine>-<pid>-<thread>-<start>-<instance>[-<n>]
 *
 * | field    | meaning                                                                                            |
 * | -------- | -------------------------------------------------------------------------------------------------- |
 * | machine  | 8 hex characters: on Linux of boot id and pid namespace (so a container is a machine of its own),  |
 * |          | elsewhere of platform and host name                                                                |
 * | pid      | the process                                                                                        |
 * | thread   | on Linux the thread as the kernel numbers it, elsewhere Node's number of the worker thread         |
 * | start    | on Linux when the thread started, in clock ticks since boot; 0 where that is not to be had         |
 * | instance | 8 random hex characters: two stores in one thread are two writers                                  |
 * | n        | in the names of temporary files: counts what the instance writes, base 36                          |
 *
 * On Linux, numbers of processes and threads together with the start tell a dead writer from a living one exactly, even
 * when its number was given to somebody else meanwhile.
 */
interface Writer {
  readonly machine: string;
  readonly pid: number;
  readonly thread: number;
  readonly start: string;
}

/** What can be said about a writer: `unknown` when it is elsewhere, or this system cannot tell. */
export type WriterState = 'alive' | 'dead' | 'unknown';

/** Linux's numbers of file systems that other machines may use at the same time. */
const NETWORK: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xfe534d42, // SMB 2
  0xff534d42, // CIFS
  0x65735546, // FUSE, and virtiofs: sshfs, gcsfuse, folders of a virtual machine's host
  0x01021997, // 9P
  0x00c36400, // Ceph
  0x5346414f, // AFS
  0x0bd00bd0, // Lustre
  0x01161970, // GFS 2
  0x7461636f, // OCFS 2
]);

/** The process numbers of the machine itself, in which no container is. */
const OF_THE_MACHINE = 'pid:[4026531836]';

/** Ms after which a file is a leftover when nothing can be said about its writer. */
export const UNKNOWN_AGE = 3_600_000;

const TOKEN = /^([0-9a-f]{8})-(\d{1,10})-(\d{1,10})-(\d{1,20})-[0-9a-f]{8}(?:-[0-9a-z]{1,12})?$/;

let self: Writer | undefined;

/** A token for one store in one thread. */
export function writerToken(): string {
  self ??= onLinux() ?? elsewhere();
  const { machine, pid, thread, start } = self;
  return `${machine}-${pid}-${thread}-${start}-${randomBytes(4).toString('hex')}`;
}

/** What can be said about the writer of a token. Never throws. */
export function stateOfWriter(token: string): WriterState {
  const match = TOKEN.exec(token);
  if (match === null) return 'unknown';
  self ??= onLinux() ?? elsewhere();
  const [, machine, pid, thread, start] = match;
  if (machine !== self.machine) return 'unknown';
  if (self.start === '0' || start === '0') return isGone(Number(pid)) ? 'dead' : 'unknown';
  return stateOfThread(Number(pid), Number(thread), start);
}

/** A lease in a table. The token is another one for each lease; times are ms since the epoch. */
export interface LeaseRow {
  readonly holder: string;
  readonly token: string;
  readonly since: number;
  readonly until: number;
}

/**
 * Whether the holder of a lease has lost it, `until` ms since the epoch at the latest: one that is known to live keeps it while its
 * thread is busy, and time tells of one that is elsewhere.
 */
export function isLostLease({ holder, until }: LeaseRow): boolean {
  const state = stateOfWriter(holder);
  return state === 'dead' || (state === 'unknown' && Date.now() >= until);
}

/** Whether nobody is at a file of this age any more. A time in the future counts as one in the past: clocks jump. */
export function isLeftBehind(state: WriterState, ageMs: number): boolean {
  return state === 'dead' || (state === 'unknown' && Math.abs(ageMs) > UNKNOWN_AGE);
}

function stateOfThread(pid: number, thread: number, start: string | undefined): WriterState {
  try {
    return startOf(`/proc/${pid}/task/${thread}/stat`) === start ? 'alive' : 'dead';
  } catch (error) {
    // Anything else, too many open files for one, proves nothing: the next look will tell.
    if (!isAbsent(error) && errorCode(error) !== 'ESRCH') return 'alive';
  }
  // With `hidepid`, processes of other users are not to be seen at all, though they live.
  return existsSync(`/proc/${pid}/stat`) || isGone(pid) ? 'dead' : 'unknown';
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}

/** Field 22, counted behind the program's name, which may hold anything; undefined for one that only waits for its parent. */
function startOf(file: string): string | undefined {
  const stat = readFileSync(file, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return state === 'Z' || state === 'X' || state === 'x' ? undefined : fields[19];
}

/** Not the host name, which may change while we run: the boot id is the kernel's own. */
function onLinux(): Writer | undefined {
  try {
    const [pid, , thread] = readlinkSync('/proc/thread-self').split('/').map(Number);
    const start = startOf('/proc/thread-self/stat');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    const machine = digest(`${boot} ${readlinkSync('/proc/self/ns/pid')}`);
    // A `/proc` of another pid namespace numbers processes in another way.
    if (pid !== process.pid || thread === undefined || !/^\d+$/.test(start ?? '')) return undefined;
    return { machine, pid, thread, start: start as string };
  } catch {
    return undefined;
  }
}

function elsewhere(): Writer {
  return { machine: digest(`${process.platform} ${hostname()}`), pid: process.pid, thread: threadId, start: '0' };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * Whether holders of locks in a folder may have to be judged by signs of life alone: it lies on a network, or was mounted
 * into this container from outside, or this system does not tell when a process has started.
 */
export function mayBeShared(folder: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    if (NETWORK.has(statfsSync(folder).type)) return true;
    return readlinkSync('/proc/self/ns/pid') !== OF_THE_MACHINE && statSync(folder).dev !== statSync('/').dev;
  } catch {
    return false;
  }
}
