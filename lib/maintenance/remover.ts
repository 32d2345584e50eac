import { Buffer } from 'node:buffer';

import { isNoteId } from '../common/ids.ts';
import { isUnsafeFolder } from '../common/errors.ts';
import { removeItem, runsToRemove } from '../runs/items.ts';
import { HEAD_BYTES, type StoreEntry } from '../stores/store.ts';
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

  /** As {@link entry}, unless another record has taken the place of the one that was judged. */
  *judged(record: Peek, isRun: boolean): Steps<number | undefined> {
    const now = yield* peekAt(this.#records, record.id);
    const isSame = typeof now === 'object' && now.size === record.size && hasSameHead(now, record);
    return isSame ? yield* this.entry(record, isRun) : undefined;
  }

  /**
   * Removes an entry as it is now, with the chunks of its runs if it may have any. Bytes that this freed; undefined where it stays or has gone.
   *
   * @throws UnsafeFolderError; what the store throws, when that happens again and again
   */
  *entry({ id, size }: StoreEntry, isRun: boolean): Steps<number | undefined> {
    const { store } = this.#records;
    const runs = isRun ? yield* runsToRemove(store, id) : [];
    return yield* this.#remove({ id, entries: 1 }, removeItem(store, { id, size }, runs));
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

/** A store may show more than it has to. */
function hasSameHead(one: Peek, other: Peek): boolean {
  return Buffer.compare(one.head.subarray(0, HEAD_BYTES), other.head.subarray(0, HEAD_BYTES)) === 0;
}
