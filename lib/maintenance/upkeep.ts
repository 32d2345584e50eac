/** When a thread looks after records: what is done then is told by `auto-prune.ts`. */

import { performance } from 'node:perf_hooks';

import { carryOutInBackground } from '../runtime/background.ts';
import { onExit } from '../runtime/on-exit.ts';
import { perScope } from '../runtime/per-store.ts';
import { carryOutSync, type Steps } from '../runtime/steps.ts';
import { later } from '../runtime/timers.ts';
import { RESTS } from './auto-prune.ts';

/** Ms for which a full store is left as it is where nothing could be removed, at least. */
const ROOM_REST = 100;

/** Ms after a save before anything is looked at: the program goes first. */
const DELAY = 1000;

/** How a cache that has saved is looked after, if that is due. */
export interface Care {
  /** After it has saved the record `id`; ms until it is worth while to look again, or undefined where it is not. */
  readonly look: (id: string) => Steps<number | undefined>;
  /** At the end of the process, or before its store is closed, after so many saves. Default: nothing. */
  readonly atEnd?: ((saved: number) => Steps<void>) | undefined;
}

/** When this thread looks after one set of records. It keeps no process alive, and never fails. */
export class Upkeep {
  /** What was saved last, and by which cache. */
  #latest: { readonly id: string; readonly look: Care['look'] } | undefined;
  #isPlanned = false;
  #hasSaved = false;
  #saved = 0;
  #atEnd: Care['atEnd'];
  #cancelExit: (() => void) | undefined;
  /** Ms by the clock that never jumps: when there may be something to remove again. */
  #mayHaveRoomAt = -Infinity;

  /** Says that a cache has saved a record. */
  saved(id: string, { look, atEnd }: Care): void {
    this.#latest = { id, look };
    this.#hasSaved = true;
    this.#saved++;
    if (!this.#isPlanned) this.#plan(DELAY);
    this.#atEnd = atEnd;
    if (atEnd !== undefined) this.#cancelExit ??= onExit('write', () => this.end());
  }

  /** Prunes at once, for the store is full; whether that has freed anything. Where it has not, the next look comes later. */
  *makeRoom(prune: () => Steps<number>): Steps<boolean> {
    const begunAt = performance.now();
    if (begunAt < this.#mayHaveRoomAt) return false;
    this.#mayHaveRoomAt = Infinity;
    let freed = 0;
    try {
      freed = yield* prune();
    } finally {
      const now = performance.now();
      this.#mayHaveRoomAt = freed > 0 ? now : now + Math.max(ROOM_REST, (now - begunAt) * RESTS);
    }
    return freed > 0;
  }

  /** Does at the end what is to be done then, once for what was saved so far. Never throws. */
  end(): void {
    const [atEnd, saved] = [this.#atEnd, this.#saved];
    this.#atEnd = undefined;
    this.#saved = 0;
    this.#cancelExit?.();
    this.#cancelExit = undefined;
    try {
      if (atEnd !== undefined) carryOutSync(atEnd(saved));
    } catch {
      // The store fails, or was closed: the next process looks again.
    }
  }

  #plan(wait: number): void {
    this.#isPlanned = true;
    later(() => void this.#begin(), Math.max(wait, DELAY));
  }

  async #begin(): Promise<void> {
    const { id, look } = this.#latest as { id: string; look: Care['look'] };
    this.#hasSaved = false;
    let wait: number | undefined;
    try {
      wait = await carryOutInBackground(look(id));
    } catch {
      // The store fails, or was closed: the next save looks again.
    }
    if (wait === undefined && this.#hasSaved) wait = DELAY;
    if (wait !== undefined) return this.#plan(wait);
    this.#isPlanned = false;
    this.#latest = undefined;
  }
}

/** The upkeep of a store's records, the same for every cache over them. */
export const upkeepOf: (scope: string | object) => Upkeep = perScope(() => new Upkeep());
