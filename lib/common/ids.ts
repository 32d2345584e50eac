import { invalidArgument } from './errors.ts';

/** An id: 64 lower-case hex characters. */
export const ID: RegExp = /^[0-9a-f]{64}$/;

/**
 * What the id of a record says of it. The ids of items are digests; none begins with these 15 zeros, but by a chance of one
 * in 2^60.
 */
const INTERNAL = '0'.repeat(15);

/** The ids of the chunks of generators' runs begin with it. */
export const CHUNK_PREFIX: string = `${INTERNAL}0`;

/** The ids of notes begin with it: what the cache keeps for itself, such as counts of hits. */
export const NOTE_PREFIX: string = `${INTERNAL}1`;

/** The ids of records in which counters stand, where the store has none of its own; 47 hex characters follow. */
export const COUNTERS_PREFIX: string = `${NOTE_PREFIX}1`;

/** The record of counters in which others are merged. */
export const COUNTERS_BASE: string = COUNTERS_PREFIX + '0'.repeat(47);

/** The record that says which groups of counters began anew. */
export const COUNTERS_RESETS: string = `${COUNTERS_PREFIX}${'0'.repeat(46)}1`;

/** The lease for what one process at a time does about counters: moving their files, bounding their number. */
export const COUNTERS_LEASE: string = `${NOTE_PREFIX}3${'0'.repeat(47)}`;

/** The lease for what is corrected about the counters of sizes. */
export const USAGE_LEASE: string = `${NOTE_PREFIX}4${'0'.repeat(47)}`;

/** The note that says when the last automatic prune began. */
export const PRUNE_NOTE: string = `${NOTE_PREFIX}2${'0'.repeat(47)}`;

/** The ids of notes begin with it that say what functions have captured in the last processes; 47 hex characters follow. */
export const RUNS_PREFIX: string = `${NOTE_PREFIX}5`;

/** The ids of notes begin with it that calls of several processes leave for each other; the end of the item's id follows. */
export const WAITING_PREFIX: string = `${NOTE_PREFIX}6`;

/** Whether an id is that of an item: listings leave out all else. */
export function isItemId(id: string): boolean {
  return !id.startsWith(INTERNAL);
}

/** Whether an id is that of a chunk. */
export function isChunkId(id: string): boolean {
  return id.startsWith(CHUNK_PREFIX);
}

/** Whether an id is that of a note. */
export function isNoteId(id: string): boolean {
  return id.startsWith(NOTE_PREFIX);
}

/** The number that some of the characters of an id are, eight at most; negative from 2^31 on. */
export function hexAt(id: string, from: number, end: number): number {
  let number = 0;
  for (let at = from; at < end; at++) {
    const code = id.charCodeAt(at);
    number = (number << 4) | ((code & 15) + (code >> 6) * 9);
  }
  return number;
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for anything but 64 lower-case hex characters */
export function checkId(id: unknown): string {
  if (typeof id === 'string' && ID.test(id)) return id;
  const shown = typeof id === 'string' ? JSON.stringify(id) : `a ${typeof id}`;
  throw invalidArgument(`An id has 64 lower-case hex characters; ${shown} has not`);
}
