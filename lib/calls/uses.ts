import type { Store } from '../stores/store.ts';
import { perScope } from './per-scope.ts';
import { step, type Steps } from './steps.ts';

/**
 * When the records of one store were used last by this thread, as far as that is not written yet: a hit stays a read, and
 * many uses of a record become one `touch`.
 */
export class Uses {
  /** Ms since the epoch by id. */
  #noted = new Map<string, number>();
  /** What a `flush` that is under way still has to write. */
  readonly #leaving = new Map<string, number>();

  /** Says that a record is used now; `store` is one that may write that down later. */
  note(id: string, _store: Store): void {
    this.#noted.set(id, Date.now());
  }

  /** Ms since the epoch of the last use that is not written yet; undefined for none. */
  lastUse(id: string): number | undefined {
    return this.#noted.get(id) ?? this.#leaving.get(id);
  }

  /** Writes everything down. Never throws: what cannot be written is forgotten. */
  *flush(store: Store): Steps<void> {
    for (const [id, at] of this.#noted) this.#leaving.set(id, at);
    this.#noted = new Map();
    for (const [id, at] of this.#leaving) {
      try {
        yield* touch(store, id, at);
      } catch {
        this.#leaving.clear();
        return;
      }
      if (this.#leaving.get(id) === at) this.#leaving.delete(id);
    }
  }
}

/** A use is never taken back: the record may have been saved, or used by another process, since then. */
function* touch(store: Store, id: string, at: number): Steps<void> {
  const entry = yield* step(store.stat(id));
  if (entry !== undefined && entry.lastUsedAt < at) yield* step<void>(store.touch(id, at));
}

/** The uses of a store's records, the same for every cache over them. */
export const usesOf: (scope: string | object) => Uses = perScope(() => new Uses());
