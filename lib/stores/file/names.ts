import { createHash } from 'node:crypto';
import { invalidArgument } from '../../errors.ts';

/**
 * The names of all files that a file store makes. It never touches one of another name.
 *
 *     <id>                     a record; an id is 64 lower-case hex characters
 *     tmp-<writer>-<n>         a record that is being written, see writer.ts
 *     <id>.lease               the lease of an id
 *     <id>.break-<16 hex>      the right to replace one dead holder, see takeover.ts
 */
const ID = /^[0-9a-f]{64}$/;
const TEMP = /^tmp-([0-9a-z-]{1,100})$/;
const LOCK = /^[0-9a-f]{64}\.(?:lease|break-[0-9a-f]{16})$/;

/** What a name in the folder stands for; undefined for a foreign file. */
export type FileKind = 'record' | 'temp' | 'lock';

export function isId(name: string): boolean {
  return ID.test(name);
}

export function kindOfName(name: string): FileKind | undefined {
  if (ID.test(name)) return 'record';
  if (TEMP.test(name)) return 'temp';
  return LOCK.test(name) ? 'lock' : undefined;
}

/** @throws TypeError for anything but an id: no name leads out of the folder. */
export function checkId(id: string): string {
  if (typeof id === 'string' && ID.test(id)) return id;
  throw invalidArgument(`An id is 64 lower-case hex characters, not ${JSON.stringify(id)}`);
}

export function tempName(token: string): string {
  return `tmp-${token}`;
}

/** The token of the writer of a temporary file. */
export function tokenOfTempName(name: string): string {
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
