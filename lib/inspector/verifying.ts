import { isChunkId, isItemId } from '../common/ids.ts';
import { checkOptions } from '../options/parse.ts';
import type { StoreEntry } from '../stores/store.ts';
import type { OnProgress } from './clearing.ts';
import { RecordCheck, type Fault } from './record-check.ts';
import { Removal } from './removal.ts';
import { recordsIn, type Source } from './source.ts';

/** How a cache is to be verified. */
export interface VerifyOptions {
  /** Whether the bad records are removed. Default: false. */
  readonly fix?: boolean;
  /** Called after each entry with the number of those that were looked at. */
  readonly onProgress?: OnProgress;
}

/** A record that is of no use. */
export interface BadRecord {
  readonly id: string;
  readonly problem: string;
  /** Bytes of the record. */
  readonly bytes: number;
}

/** What a look at every record has shown. */
export interface VerifyReport {
  /** Entries, good and bad. */
  readonly checked: number;
  /** Bad records: entries, and what belongs to no entry. */
  readonly damaged: number;
  /** The first 1,000 of these. */
  readonly bad: readonly BadRecord[];
  /** How many of these were removed. */
  readonly removed: number;
}

/** So that a folder full of rubbish does not fill the memory. */
const MOST_TOLD = 1000;

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`), UnsafeFolderError, StoreError */
export function verify(source: Source, options: VerifyOptions): VerifyReport {
  checkOptions(options, ['fix', 'onProgress'], 'verify()');
  return new Verification(source, options).run();
}

class Verification {
  readonly #source: Source;
  readonly #fixes: boolean;
  readonly #onProgress: OnProgress;
  readonly #removal: Removal;
  readonly #reader: RecordCheck;
  readonly #bad: BadRecord[] = [];
  #checked = 0;
  #damaged = 0;
  #removed = 0;

  constructor(source: Source, { fix = false, onProgress = () => undefined }: VerifyOptions) {
    this.#source = source;
    this.#fixes = fix;
    this.#onProgress = onProgress;
    this.#removal = new Removal(source);
    this.#reader = new RecordCheck(source.store);
  }

  run(): VerifyReport {
    let parts = 0;
    for (const entry of recordsIn(this.#source)) {
      if (isChunkId(entry.id)) parts++;
      else this.#take(entry, this.#reader.check(entry.id));
      if (isItemId(entry.id)) this.#onProgress(++this.#checked);
    }
    // Where each part belongs to a run that is there, all have been read by now.
    if (parts !== this.#reader.partsRead) this.#takeParts();
    this.#removal.settle();
    return { checked: this.#checked, damaged: this.#damaged, bad: this.#bad, removed: this.#removed };
  }

  #takeParts(): void {
    for (const entry of recordsIn(this.#source)) {
      if (isChunkId(entry.id)) this.#take(entry, this.#reader.checkPart(entry.id));
    }
  }

  #take({ id, size: bytes }: StoreEntry, fault: Fault | undefined): void {
    if (fault === undefined) return;
    const { problem, isCorrupt, isRun } = fault;
    this.#damaged++;
    if (this.#bad.length < MOST_TOLD) this.#bad.push({ id, problem, bytes });
    // What cannot be read may only be so for the moment.
    if (!this.#fixes || !isCorrupt) return;
    const removed = isItemId(id) ? this.#removal.entry({ id, size: bytes, isRun }) : this.#removal.record(id, bytes);
    if (removed) this.#removed++;
  }
}
