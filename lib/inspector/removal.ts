import { chunkIdsOf } from './entry-info.ts';
import { recordRemovedFrom } from '../limits/sizes.ts';
import { carryOutSync } from '../runtime/steps.ts';
import type { Source } from './source.ts';

/** A record that is to go. */
export interface Doomed {
  readonly id: string;
  /** Bytes of the record. */
  readonly size: number;
  /** Whether it is a run of a generator, whose parts go with it. */
  readonly isRun: boolean;
}

/** Removes entries, or only tells what that would come to. */
export class Removal {
  readonly #source: Source;
  readonly #isDry: boolean;
  /** How many entries have gone. */
  entries = 0;
  /** How many parts of runs have gone with these. */
  parts = 0;
  /** Bytes of all that has gone. */
  bytes = 0;

  constructor(source: Source, isDry = false) {
    this.#source = source;
    this.#isDry = isDry;
  }

  /** Removes an entry; whether it was there. @throws UnsafeFolderError, StoreError */
  entry({ id, size, isRun }: Doomed): boolean {
    // Read before the record goes that tells of them.
    const parts = isRun ? [...chunkIdsOf(this.#source.store, id)] : [];
    if (!this.record(id, size)) return false;
    this.entries++;
    for (const part of parts) {
      if (this.record(part, this.#source.store.stat(part)?.size)) this.parts++;
    }
    return true;
  }

  /** Removes a record that is no entry; whether it was there. `size` is undefined for one that is not. */
  record(id: string, size: number | undefined): boolean {
    if (size === undefined || !(this.#isDry || this.#source.store.delete(id))) return false;
    this.bytes += size;
    return true;
  }

  /** Tells those who count the records of this folder what has gone. A count that fails is made anew by itself. */
  settle(): void {
    if (this.#isDry || this.bytes === 0) return;
    try {
      carryOutSync(recordRemovedFrom(this.#source.store, this));
    } catch {
      // What was asked for is done.
    }
  }
}
