import { randomBytes } from 'node:crypto';

import type { Store } from '../stores/store.ts';
import { COUNTS_MARK, STATISTICS_BASE } from '../common/ids.ts';
import type { OwnCounts } from './own-counts.ts';
import { ABANDONED } from './statistics.ts';
import { encodeNote, readNote, type FunctionCounts } from './statistics-note.ts';
import { step, type Steps } from '../runtime/steps.ts';

interface Note {
  readonly id: string;
  readonly begunAt: number;
  readonly epoch: string;
}

/** The note that this thread writes, and nobody else. */
export class OwnNote {
  readonly #counts: OwnCounts;
  #note: Note | undefined;

  constructor(counts: OwnCounts) {
    this.#counts = counts;
  }

  /** Undefined where there is none at this moment. */
  get id(): string | undefined {
    return this.#note?.id;
  }

  /** What does not stand in notes that a reader has found, its own left out: it may be written at this very moment. */
  besides(found: readonly { readonly id: string }[]): FunctionCounts[] {
    const isFound = found.some(({ id }) => id === this.id);
    return this.#counts.since(isFound ? 'atBeginning' : 'atWriting');
  }

  /** Writes all that is counted; nothing where the folder is gone. @throws what the store throws */
  *write(store: Store, isFinal: boolean): Steps<void> {
    const now = Date.now();
    const { id, epoch } = yield* this.#choose(store, now);
    this.#counts.settle();
    const functions = this.#counts.since('atBeginning');
    if (functions.length === 0) return;
    const written = this.#counts.written();
    const record = encodeNote(id, { epoch, isFinal, merged: [], functions }, now);
    yield* step<void>(store.set(id, record, { expiresAt: Infinity, minor: true }));
    written();
    if (isFinal) this.leave();
  }

  /** The next time, another note is written. */
  leave(): void {
    this.#note = undefined;
    this.#counts.begin();
  }

  /** This note or another one: one that is gone was merged or reset, and one that is old may be. */
  *#choose(store: Store, now: number): Steps<Note> {
    const base = yield* readNote(store, STATISTICS_BASE);
    const note = this.#note;
    const isThere = note !== undefined && (yield* step(store.stat(note.id))) !== undefined;
    const last = isThere ? note.epoch : '';
    const epoch = typeof base === 'object' ? base.epoch : last;
    if (isThere && note.epoch === epoch && Math.abs(now - note.begunAt) < ABANDONED / 2) return note;
    this.leave();
    this.#note = { id: COUNTS_MARK + randomBytes(24).toString('hex').slice(1), begunAt: now, epoch };
    return this.#note;
  }
}
