/** What `prune` does about the chunks of generators' runs. */

import { isUnsafeFolder } from '../errors.ts';
import { decodeRecord, type StoredRecord } from '../records/frame.ts';
import { ageOf, isOutdated } from '../records/freshness.ts';
import type { Parts, Store } from '../stores/store.ts';
import { chunkIdOf, nameOfChunk, type ChunkName } from './chunks.ts';
import { readRuns } from './manifest.ts';
import type { Settings } from './settings.ts';
import { step, type Steps } from './steps.ts';

/** Ms for which a chunk may wait for its manifest, which is written when the consumer has come to the end. */
const PATIENCE = 86_400_000;

/** What is to be done about a chunk: it goes with its run, or is left over by one that never came to its end. */
export type ChunkVerdict = 'good' | 'expired' | 'leftovers';

/** What is known of the run that an item has: its token, or why there is none. */
type RunState = { readonly token: string } | 'absent' | 'expired' | 'unreadable';

function uses(run: RunState, { token }: ChunkName): boolean {
  return run === 'unreadable' || (typeof run === 'object' && run.token === token);
}

/** Tells which chunks are of no use any more. */
export class ChunkJudge {
  readonly #store: Store;
  readonly #settings: Settings;
  readonly #runs = new Map<string, RunState>();

  constructor(store: Store, settings: Settings) {
    this.#store = store;
    this.#settings = settings;
  }

  /** A run was removed for its age: its chunks go, too. */
  expired(id: string): void {
    this.#runs.set(id, 'expired');
  }

  /** @throws UnsafeFolderError */
  *judge(chunkId: string): Steps<ChunkVerdict> {
    const chunk = yield* this.#read(chunkId, (record) => this.#chunkOf(record));
    if (chunk === 'absent' || chunk === 'unreadable') return 'good';
    if (chunk === 'corrupt' || chunkIdOf(chunk) !== chunkId) return 'leftovers';
    const run = this.#runs.get(chunk.id) ?? (yield* this.#look(chunk.id));
    if (run === 'expired') return 'expired';
    return chunk.age <= PATIENCE || uses(run, chunk) ? 'good' : 'leftovers';
  }

  *#look(id: string): Steps<RunState> {
    const run = yield* this.#read(id, (record) => this.#runOf(record, id));
    const state = run === 'corrupt' ? 'absent' : run;
    this.#runs.set(id, state);
    return state;
  }

  #chunkOf({ head, payload }: StoredRecord): ChunkName & { readonly age: number } {
    return { ...nameOfChunk(payload), age: ageOf(head, this.#settings.clock()) };
  }

  #runOf(record: StoredRecord, id: string): RunState {
    const { maxAge, grace, clock } = this.#settings;
    return isOutdated(record.head, maxAge + grace, clock()) ? 'expired' : { token: readRuns(record, id).token };
  }

  /** What `take` makes of a record, at once: what a store hands over may be valid for a moment only. */
  *#read<T>(id: string, take: (record: StoredRecord) => T): Steps<T | 'absent' | 'corrupt' | 'unreadable'> {
    let parts: Parts | undefined;
    try {
      parts = yield* step(this.#store.get(id));
    } catch (error) {
      if (isUnsafeFolder(error)) throw error;
      return 'unreadable';
    }
    if (parts === undefined) return 'absent';
    try {
      return take(decodeRecord(parts, id));
    } catch {
      return 'corrupt';
    }
  }
}
