import { isChunkId, isItemId } from '../common/ids.ts';
import { each, type Steps } from '../runtime/steps.ts';
import type { StoreEntry } from '../stores/store.ts';
import type { OnProgress } from './clear.ts';
import { RecordCheck, type Fault } from './record-check.ts';
import { type Maintained, peekAt, Remover } from './records.ts';

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
const MOST_REPORTED = 1000;

/** Reads every record. @throws UnsafeFolderError; StoreError when the store cannot list, or cannot remove what is bad */
export function* verifyRecords(records: Maintained, options: VerifyOptions): Steps<VerifyReport> {
  return yield* new Verification(records, options).run();
}

class Verification {
  readonly #records: Maintained;
  readonly #options: VerifyOptions;
  readonly #remover: Remover;
  readonly #check: RecordCheck;
  readonly #report = { checked: 0, damaged: 0, bad: [] as BadRecord[], removed: 0 };
  #chunks = 0;

  constructor(records: Maintained, options: VerifyOptions) {
    this.#records = records;
    this.#options = options;
    this.#remover = new Remover(records);
    this.#check = new RecordCheck(records.store);
  }

  *run(): Steps<VerifyReport> {
    yield* each(this.#records.store.entries(), (entry) => this.#visit(entry));
    // Where each chunk belongs to a run that is there, all have been read by now.
    if (this.#chunks !== this.#check.chunksRead)
      yield* each(this.#records.store.entries(), (entry) => this.#visitChunk(entry));
    this.#remover.end();
    return this.#report;
  }

  *#visit(entry: StoreEntry): Steps<void> {
    if (isChunkId(entry.id)) return void this.#chunks++;
    yield* this.#take(entry, yield* this.#check.check(entry.id));
    if (!isItemId(entry.id)) return;
    this.#report.checked++;
    this.#options.onProgress?.(this.#report.checked);
  }

  *#visitChunk(entry: StoreEntry): Steps<void> {
    if (isChunkId(entry.id)) yield* this.#take(entry, yield* this.#check.checkChunk(entry.id));
  }

  *#take({ id, size: bytes }: StoreEntry, fault: Fault | undefined): Steps<void> {
    if (fault === undefined) return;
    const { problem, isCorrupt } = fault;
    this.#report.damaged++;
    if (this.#report.bad.length < MOST_REPORTED) this.#report.bad.push({ id, problem, bytes });
    // What cannot be read may only be so for the moment.
    if (this.#options.fix !== true || !isCorrupt) return;
    if (yield* this.#remove(id)) this.#report.removed++;
  }

  /** It may have been replaced since it was checked: it is checked once more, and goes if it is that very record. */
  *#remove(id: string): Steps<boolean> {
    const peek = yield* peekAt(this.#records, id);
    if (typeof peek === 'string') return false;
    const again = new RecordCheck(this.#records.store);
    const fault = yield* isChunkId(id) ? again.checkChunk(id) : again.check(id);
    if (fault?.isCorrupt !== true) return false;
    const removal = isItemId(id) ? this.#remover.judged(peek, fault.isRun) : this.#remover.record(peek);
    return (yield* removal) !== undefined;
  }
}
