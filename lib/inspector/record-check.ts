import { chunkIdOf, ItemReader, itemsOfChunk, nameOfChunk } from '../runs/chunks.ts';
import { isItemId } from '../common/ids.ts';
import { itemsOfManifest, readRuns, type StoredRun } from '../runs/manifest.ts';
import { CorruptItemError, errorCode, isUnsafeFolder } from '../common/errors.ts';
import { decodeRecord, type StoredRecord } from '../records/frame.ts';
import type { SyncStore } from '../stores/store.ts';
import { messageOf } from './entry-info.ts';

/** What is wrong with a record. */
export interface Fault {
  readonly problem: string;
  /** Whether it is damaged for good; else it could only not be read. */
  readonly isCorrupt: boolean;
  /** Whether it is a run of a generator, whose parts are of no use without it. */
  readonly isRun: boolean;
}

/** How often a run is looked at that another one replaces meanwhile. */
const ATTEMPTS = 3;

/** Reads records whole, with their checksums, and the runs of generators with all their parts. */
export class RecordCheck {
  readonly #store: SyncStore;
  /** Parts that are told of already, with their runs. */
  readonly #badParts = new Set<string>();
  /** How many parts were read with their runs. */
  partsRead = 0;

  constructor(store: SyncStore) {
    this.#store = store;
  }

  /** What is wrong with an entry, or with a note; undefined for a good one, and for one that has gone. @throws UnsafeFolderError */
  check(id: string): Fault | undefined {
    let fault: Fault | undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const run = this.#open(id);
      if (run === undefined || 'problem' in run) return run;
      fault = faultOf(() => this.#checkRun(id, run));
      if (fault === undefined || this.#tokenOf(id) === run.token) break;
    }
    return fault && { ...fault, isRun: true };
  }

  /** As `check` for a part of a run. One that was told of with its run is passed over. */
  checkPart(chunkId: string): Fault | undefined {
    if (this.#badParts.has(chunkId)) return undefined;
    return faultOf(() => {
      const record = this.#read(chunkId);
      if (record !== undefined && chunkIdOf(nameOfChunk(record.payload)) !== chunkId) {
        throw new CorruptItemError(`The record of ${chunkId} is another part of a run`, { id: chunkId });
      }
    });
  }

  /** The run, for an entry that is one. */
  #open(id: string): StoredRun | Fault | undefined {
    try {
      const record = this.#read(id);
      return record && runIn(record, id);
    } catch (error) {
      return toFault(error);
    }
  }

  #checkRun(id: string, { token, chunks }: StoredRun): void {
    for (let index = 0; index < chunks; index++) {
      const name = { id, token, index };
      const chunkId = chunkIdOf(name);
      try {
        const record = this.#read(chunkId);
        if (record === undefined) throw new CorruptItemError(`Part ${index} of the run of ${id} is missing`, { id });
        this.partsRead++;
        walk(itemsOfChunk(record.payload, name));
      } catch (error) {
        this.#badParts.add(chunkId);
        throw error;
      }
    }
  }

  #tokenOf(id: string): string | undefined {
    try {
      const record = this.#read(id);
      return record && readRuns(record, id).token;
    } catch {
      return undefined;
    }
  }

  #read(id: string): StoredRecord | undefined {
    const parts = this.#store.get(id);
    return parts && decodeRecord(parts, id);
  }
}

/** The run, for an entry that is one. @throws CorruptItemError */
function runIn(record: StoredRecord, id: string): StoredRun | undefined {
  const { kind } = record.head;
  const isFitting = isItemId(id) ? kind === 'value' || kind === 'run' : kind === 'note';
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

function faultOf(work: () => void): Fault | undefined {
  try {
    work();
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
