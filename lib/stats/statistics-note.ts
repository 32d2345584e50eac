/** One note of statistics: how it is written, and how it is read. */

import { Buffer } from 'node:buffer';

import { isUnsafeFolder } from '../common/errors.ts';
import { decodeRecord } from '../records/frame.ts';
import type { Parts, Store } from '../stores/store.ts';
import { COUNTS, NO_COUNTS, plus, type CallCounts } from './counts.ts';
import { encodeNoteRecord } from '../records/note.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** The counts of one function. */
export interface FunctionCounts extends CallCounts {
  /** Its name; an empty text for items that no function made. */
  readonly name: string;
  /** The first 16 hex characters of the digest of its identity; an empty text for many together, or none. */
  readonly identity: string;
}

/** What a note tells. */
export interface NoteContent {
  /** Which reset it comes after: notes of another one than the base are of no use. An empty text before the first. */
  readonly epoch: string;
  /** Whether its writer is done with it. */
  readonly isFinal: boolean;
  /** The ids of the notes that are counted in it, of which some may still be there. */
  readonly merged: readonly string[];
  readonly functions: readonly FunctionCounts[];
}

/** A note that was read. */
export interface StatisticsNote extends NoteContent {
  readonly id: string;
  /** When it was written, ms since the epoch. */
  readonly writtenAt: number;
  /** Two notes that tell the same have the same text. */
  readonly text: string;
}

/** What stands in the place of a note that is not there, or is none. */
export type NoNote = 'absent' | 'damaged';

/**
 * A note as a record. Its payload is JSON: the epoch, whether it is final, the ids merged, and for each function a row of
 * name, identity and the counts in the order of `COUNTS`.
 */
export function encodeNote(id: string, content: NoteContent, now: number): Parts {
  const { epoch, isFinal, merged, functions } = content;
  const rows = functions.map((row) => [row.name, row.identity, ...COUNTS.map((count) => row[count])]);
  const payload = Buffer.from(JSON.stringify([epoch, isFinal, merged, rows]));
  return encodeNoteRecord({ id, kind: 'statistics', writtenAt: now }, payload);
}

/** @throws what the store throws */
export function* readNote(store: Store, id: string): Steps<StatisticsNote | NoNote> {
  const parts = yield* step<Parts | undefined>(store.get(id));
  if (parts === undefined) return 'absent';
  try {
    return decodeNote(parts, id);
  } catch {
    return 'damaged';
  }
}

/** As {@link readNote}; what the store cannot give for the moment is as if it were not there. @throws UnsafeFolderError */
export function* tryReadNote(store: Store, id: string): Steps<StatisticsNote | NoNote> {
  try {
    return yield* readNote(store, id);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return 'absent';
  }
}

function decodeNote(parts: Parts, id: string): StatisticsNote | NoNote {
  const { head, payload } = decodeRecord(parts, id);
  if (head.kind !== 'note' || !head.isBy('statistics', 1)) return 'damaged';
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString();
  const [epoch, isFinal, merged, rows] = JSON.parse(text) as [string, boolean, string[], readonly Row[]];
  const functions = rows.map(toFunction);
  const isSane = functions.every((counts) => COUNTS.every((count) => Number.isFinite(counts[count])));
  return isSane ? { id, writtenAt: head.createdAt, text, epoch, isFinal, merged, functions } : 'damaged';
}

type Row = readonly [name: string, identity: string, ...counts: number[]];

function toFunction([name, identity, ...counts]: Row): FunctionCounts {
  const read = Object.fromEntries(COUNTS.map((count, index) => [count, counts[index]])) as unknown as CallCounts;
  return { name, identity, ...read };
}

/** Counts by name and identity, each once. */
export function sumUp(all: Iterable<FunctionCounts>): FunctionCounts[] {
  const sums = new Map<string, FunctionCounts>();
  for (const counts of all) {
    const { name, identity } = counts;
    const key = `${identity}:${name}`;
    sums.set(key, { name, identity, ...plus(sums.get(key) ?? NO_COUNTS, counts) });
  }
  return [...sums.values()];
}
