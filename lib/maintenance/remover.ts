import { Buffer } from 'node:buffer';

import { isNoteId } from '../common/ids.ts';
import { isUnsafeFolder } from '../common/errors.ts';
import { removeItem, runsToRemove } from '../runs/items.ts';
import type { StoreEntry } from '../stores/store.ts';
import type { Steps } from '../runtime/steps.ts';
import { peekAt, type Maintained, type Peek } from './records.ts';

/** How many records may resist before the store is taken to be broken. */
const MOST_FAILURES = 10;

/** Removes records, and counts what that freed. A record that cannot be removed stops nothing: see `end`. */
export class Remover {
  readonly #records: Maintained;
  readonly #failures: unknown[] = [];

  constructor(records: Maintained) {
    this.#records = records;
  }

  /**
   * Removes an entry with the chunks of its runs, unless another record has taken the place of the one that was judged.
   * Bytes that this freed; undefined where it stays or has gone.
   *
   * @throws UnsafeFolderError; what the store throws, when that happens again and again
   */
  *entry(judged: Peek, isRun: boolean): Steps<number | undefined> {
    const records = this.#records;
    const { id } = judged;
    const runs = isRun ? yield* runsToRemove({ shared: records }, id) : [];
    const now = yield* peekAt(records, id);
    if (typeof now === 'string' || now.size !== judged.size || Buffer.compare(now.head, judged.head) !== 0)
      return undefined;
    return yield* this.#remove({ id, entries: 1 }, removeItem(records.store, judged, runs));
  }

  /** Removes a chunk or a note. As {@link entry}. */
  *record({ id, size }: StoreEntry): Steps<number | undefined> {
    return yield* this.#remove({ id, entries: 0 }, removeItem(this.#records.store, { id, size }, []));
  }

  /** @throws what the store threw first when it was to remove a record */
  end(): void {
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  *#remove(
    change: { readonly id: string; readonly entries: number },
    removal: Steps<number | undefined>,
  ): Steps<number | undefined> {
    try {
      const bytes = yield* removal;
      // Notes do not count.
      if (bytes !== undefined && !isNoteId(change.id)) yield* this.#records.freed({ ...change, bytes });
      return bytes;
    } catch (error) {
      this.#failures.push(error);
      if (isUnsafeFolder(error) || this.#failures.length === MOST_FAILURES) throw error;
      return undefined;
    }
  }
}
