import { isUnsafeFolder } from '../common/errors.ts';
import { decodeRecord } from '../records/frame.ts';
import { isPastItsOwnEnd } from '../records/freshness.ts';
import type { StoreEntry } from '../stores/store.ts';
import type { Source } from './source.ts';

/** How old entries may become. Ms; `Infinity` for any age. */
export interface Ages {
  readonly sinceSaved: number;
  readonly sinceUsed: number;
}

/** Why an entry is to go. */
export type Reason = 'expired' | 'corrupt' | 'unused';

/** What is to be done about an entry. */
export interface Verdict {
  /** Undefined for one that stays. */
  readonly reason?: Reason;
  readonly isRun: boolean;
}

const STAYS: Verdict = { isRun: false };
const CORRUPT: Verdict = { reason: 'corrupt', isRun: false };

/** Reads the whole record. One that cannot be read stays: it may only be so for the moment. @throws UnsafeFolderError */
export function judge({ store, clock }: Source, { id, lastUsedAt }: StoreEntry, ages: Ages): Verdict {
  let parts;
  try {
    parts = store.get(id);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return STAYS;
  }
  if (parts === undefined) return STAYS;
  try {
    const { head } = decodeRecord(parts, id);
    const isRun = head.kind === 'run';
    const now = clock();
    if (isPastItsOwnEnd(head, now) || isSoLongAgo(head.createdAt, now, ages.sinceSaved))
      return { reason: 'expired', isRun };
    return isSoLongAgo(lastUsedAt, now, ages.sinceUsed) ? { reason: 'unused', isRun } : { isRun };
  } catch {
    return CORRUPT;
  }
}

/** Files have times in parts of a millisecond; and a clock that is a little behind makes no entry younger than new. */
export function isSoLongAgo(time: number, now: number, duration: number): boolean {
  return Math.max(0, now - Math.floor(time)) >= duration;
}
