/** The note that says of a store when it was pruned last, for all processes. */

import { Buffer } from 'node:buffer';

import { PRUNE_NOTE } from '../common/ids.ts';
import { readHead } from '../records/frame.ts';
import { encodeNoteRecord } from '../records/note.ts';
import { step, type Steps } from '../runtime/steps.ts';
import type { Store } from '../stores/store.ts';
import type { Peek } from './records.ts';

/** Ms by which the clocks of machines that share a folder may differ. */
const MAX_SKEW = 60_000;

/** What the note of the last prune says, in ms since the epoch: one note is enough for all processes. */
export interface PruneMark {
  /** When it began. */
  readonly begunAt: number;
  /** Before that no other one begins. */
  readonly restUntil: number;
  /** How many ids the next slice passes over. */
  readonly from?: number;
}

/** Ms until the next prune is due; 0 or less when it is. A mark from the future is that of a clock that was wrong. */
export function timeToPrune(mark: PruneMark | undefined, interval: number, now: number): number {
  if (mark === undefined || mark.begunAt > now + MAX_SKEW) return 0;
  return Math.max(mark.begunAt + interval, mark.restUntil) - now;
}

/** Undefined where there is none, or a damaged one. @throws what the store throws */
export function* readMark(store: Store): Steps<PruneMark | undefined> {
  const peek = yield* step<Peek | undefined>(store.peek(PRUNE_NOTE));
  if (peek === undefined) return undefined;
  try {
    const { createdAt, keepUntil, length } = readHead(peek.head, PRUNE_NOTE);
    const from = Number(Buffer.from(peek.head.subarray(length)).toString('latin1'));
    return { begunAt: createdAt, restUntil: keepUntil, from: Number.isSafeInteger(from) ? from : 0 };
  } catch {
    return undefined;
  }
}

/** A folder that is not there is not made for it. @throws what the store throws */
export function* writeMark(store: Store, { begunAt, restUntil, from = 0 }: PruneMark): Steps<void> {
  const terms = { id: PRUNE_NOTE, kind: 'prune', writtenAt: begunAt, keepUntil: restUntil };
  const record = encodeNoteRecord(terms, Buffer.from(String(from)));
  yield* step<void>(store.set(PRUNE_NOTE, record, { expiresAt: Infinity, minor: true }));
}
