import { isItemId } from '../common/ids.ts';
import { CorruptItemError, errorCode, isUnsafeFolder } from '../common/errors.ts';
import { decodeRecord, type StoredRecord } from '../records/frame.ts';
import { chunkIdOf, ItemReader, itemsOfChunk, nameOfChunk } from '../runs/chunks.ts';
import { itemsOfManifest, readRuns, type StoredRun } from '../runs/manifest.ts';
import { step, type Steps } from '../runtime/steps.ts';
import type { Parts } from '../stores/store.ts';
import type { MaintainedStore } from './records.ts';

/** What is wrong with a record. */
export interface Fault {
  readonly problem: string;
  /** Whether it is damaged for good; else it only could not be read. */
  readonly isCorrupt: boolean;
  /** Whether it is a run of a generator, whose chunks are of no use without it. */
  readonly isRun: boolean;
}

/** How often a run is read that another one replaces meanwhile. */
const ATTEMPTS = 3;

/** Reads records whole, with their checksums, and the runs of generators with all their chunks. */
export class RecordCheck {
  readonly #store: MaintainedStore;
  /** Chunks that were reported with their runs. */
  readonly #badChunks = new Set<string>();
  /** How many chunks were read with their runs. */
  chunksRead = 0;

  constructor(store: MaintainedStore) {
    this.#store = store;
  }

  /** What is wrong with an entry, or with a note; undefined for a good one, and for one that has gone. @throws UnsafeFolderError */
  *check(id: string): Steps<Fault | undefined> {
    let fault: Fault | undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const run = yield* this.#open(id);
      if (run === undefined || 'problem' in run) return run;
      fault = yield* faultOf(this.#checkChunks(id, run));
      if (fault === undefined || (yield* this.#tokenOf(id)) === run.token) break;
    }
    return fault && { ...fault, isRun: true };
  }

  /** As `check` for a chunk of a run. One that was reported with its run is passed over. */
  *checkChunk(id: string): Steps<Fault | undefined> {
    return this.#badChunks.has(id) ? undefined : yield* faultOf(this.#readChunk(id));
  }

  *#readChunk(id: string): Steps<void> {
    const record = yield* this.#read(id);
    if (record !== undefined && chunkIdOf(nameOfChunk(record.payload)) !== id)
      throw new CorruptItemError(`The record of ${id} is another part of a run`, { id });
  }

  /** The run, for an entry that is one. */
  *#open(id: string): Steps<StoredRun | Fault | undefined> {
    try {
      const record = yield* this.#read(id);
      return record && runIn(record, id);
    } catch (error) {
      return toFault(error);
    }
  }

  /** @throws CorruptItemError; what the store throws */
  *#checkChunks(id: string, { token, chunks }: StoredRun): Steps<void> {
    for (let index = 0; index < chunks; index++) {
      const name = { id, token, index };
      const chunkId = chunkIdOf(name);
      try {
        const record = yield* this.#read(chunkId);
        if (record === undefined) throw new CorruptItemError(`Part ${index} of the run of ${id} is missing`, { id });
        this.chunksRead++;
        walk(itemsOfChunk(record.payload, name));
      } catch (error) {
        this.#badChunks.add(chunkId);
        throw error;
      }
    }
  }

  *#tokenOf(id: string): Steps<string | undefined> {
    try {
      const record = yield* this.#read(id);
      return record && readRuns(record, id).token;
    } catch {
      return undefined;
    }
  }

  /** Valid until the next step. */
  *#read(id: string): Steps<StoredRecord | undefined> {
    const parts = yield* step<Parts | undefined>(this.#store.get(id));
    return parts && decodeRecord(parts, id);
  }
}

/** The run, for an entry that is one. @throws CorruptItemError */
function runIn(record: StoredRecord, id: string): StoredRun | undefined {
  const { kind } = record.head;
  const isFitting = isItemId(id) ? kind !== 'chunk' && kind !== 'note' : kind === 'note';
  if (!isFitting) throw new CorruptItemError(`The record of ${id} is a ${kind}, which has no place there`, { id });
  if (kind !== 'run') return undefined;
  const run = readRuns(record, id);
  walk(itemsOfManifest(record, id));
  return run;
}

/** @throws CorruptItemError for items that are cut off */
function walk(items: Uint8Array): void {
  const reader = new ItemReader(items);
  while (reader.next() !== undefined);
}

function* faultOf(work: Steps<void>): Steps<Fault | undefined> {
  try {
    yield* work;
    return undefined;
  } catch (error) {
    return toFault(error);
  }
}

/** @throws UnsafeFolderError when it is one */
function toFault(error: unknown): Fault {
  if (isUnsafeFolder(error)) throw error;
  const isCorrupt = errorCode(error) === 'ERR_TEMPCACHE_CORRUPT_ITEM';
  return { problem: messageOf(error), isCorrupt, isRun: false };
}

/** The message of what was thrown. */
export function messageOf(error: unknown): string {
  return (error as Error | undefined)?.message ?? String(error);
}
