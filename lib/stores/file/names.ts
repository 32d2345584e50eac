import { createHash } from 'node:crypto';
import { sep } from 'node:path';
import { invalidArgument } from '../../common/errors.ts';

/**
 * The names of all files that a file store makes. It never touches one of another name.
 *
 *     <id>                     a record; an id is 64 lower-case hex characters
 *     tmp-<writer>-<n>         a record that is being written, see writer.ts
 *     tmp-<writer>-owner       what the locks of a writer are links to, see lock-file.ts
 *     <id>.lease               the lease of an id: a lock
 *     <id>.break-<16 hex>      the right to replace one dead holder, see takeover.ts: a lock
 *     counters                 the log to which increments of counters are appended, see counters.ts
 *     counters-0, counters-1   a log that was set aside
 *     counters-sums            the sums of earlier logs
 */
const ID = /^[0-9a-f]{64}$/;
const TEMP = /^tmp-([0-9a-z-]{1,100})$/;
const LOCK = /^[0-9a-f]{64}\.(?:lease|break-[0-9a-f]{16})$/;

/** What a name in the folder stands for; undefined for a foreign file. */
export type FileKind = 'record' | 'temp' | 'lock' | 'counters';

/** The names of the files of the counters. */
export const COUNTERS = {
  current: 'counters',
  even: 'counters-0',
  odd: 'counters-1',
  sums: 'counters-sums',
} as const;
const COUNTER_NAMES: ReadonlySet<string> = new Set(Object.values(COUNTERS));

export function kindOfName(name: string): FileKind | undefined {
  if (ID.test(name)) return 'record';
  if (TEMP.test(name)) return 'temp';
  if (COUNTER_NAMES.has(name)) return 'counters';
  return LOCK.test(name) ? 'lock' : undefined;
}

/** @throws TypeError for anything but an id: no name leads out of the folder. */
export function checkId(id: string): string {
  if (typeof id === 'string' && id.length === 64 && isHex(id)) return id;
  throw invalidArgument(`An id is 64 lower-case hex characters, not ${JSON.stringify(id)}`);
}

/** A loop takes a fifth of the time of the pattern. */
function isHex(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 48 || unit > 102 || (unit > 57 && unit < 97)) return false;
  }
  return true;
}

/** What stands before the names in a folder: joining a path takes ten times as long. */
export function prefixOf(folder: string): string {
  return folder + sep;
}

export function tempName(writer: string, what: string): string {
  return `tmp-${writer}-${what}`;
}

/** The writer of a temporary file, as stateOfWriter knows it; empty for another name. */
export function writerOfTemp(name: string): string {
  return TEMP.exec(name)?.[1] ?? '';
}

export function leaseName(id: string): string {
  return `${id}.lease`;
}

/** One name for each pair of a lock and its holder, and no other pair has it. */
export function breakerName(lock: string, holder: string): string {
  const digest = createHash('sha256').update(`${lock}\n${holder}`).digest('hex');
  return `${lock.slice(0, 64)}.break-${digest.slice(0, 16)}`;
}
