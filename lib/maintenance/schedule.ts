import { carryOutInBackground, later } from '../runtime/background.ts';
import { perScope } from '../runtime/per-store.ts';
import type { Steps } from '../runtime/steps.ts';

/** Ms after a save before anything is looked at: the program goes first. */
const DELAY = 1000;

/** Prunes a cache that has saved a record, if that is due; ms until it is worth while to look again, or undefined where it is not. */
export type Look = (id: string) => Steps<number | undefined>;

/** When this thread looks after one set of records. It keeps no process alive, and never fails. */
export class Upkeep {
  /** What was saved last, and by which cache. */
  #latest: { readonly id: string; readonly look: Look } | undefined;
  #isPlanned = false;
  #hasSaved = false;

  /** Says that a cache has saved a record. */
  saved(id: string, look: Look): void {
    this.#latest = { id, look };
    this.#hasSaved = true;
    if (!this.#isPlanned) this.#plan(DELAY);
  }

  #plan(wait: number): void {
    this.#isPlanned = true;
    later(() => void this.#begin(), Math.max(wait, DELAY));
  }

  async #begin(): Promise<void> {
    const { id, look } = this.#latest as { id: string; look: Look };
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
