/** What `prune` does about the chunks of generators' runs. */

import { CorruptItemError, isUnsafeFolder } from '../common/errors.ts';
import { decodeRecord, readHead, type StoredRecord } from '../records/frame.ts';
import { ageOf, type Clock } from '../records/freshness.ts';
import type { Store, StoreEntry } from '../stores/store.ts';
import { chunkIdOf, nameOfChunk, type ChunkName } from '../runs/chunks.ts';
import { readRuns } from '../runs/manifest.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** Ms for which a chunk may wait for its manifest, which is written when the consumer has come to the end. */
const PATIENCE = 86_400_000;

/** Bytes of a payload that tell what it belongs to: the name of a chunk, the runs of a manifest. */
const NAME_BYTES = 64;

/** What is to be done about a chunk: it has a use, or is left over by a run that never came to its end or is gone. */
export type ChunkVerdict = 'good' | 'leftovers';

/** How chunks are judged. */
export interface ChunkTerms {
  readonly clock: Clock;
  /** Whether all of a chunk is read, to find damage, or its name alone. Default: all. */
  readonly headsAlone?: boolean;
  /** Those of the function of this identity alone; others are good. Default: all. */
  readonly identity?: string | undefined;
  /** Whether a record that cannot be read is to go. Default: every one. */
  readonly isLost?: (entry: StoreEntry) => boolean;
}

/** What is known of the run that an item has: its token, or why there is none. */
type RunState = { readonly token: string } | 'absent' | 'unreadable';

function uses(run: RunState, { token }: ChunkName): boolean {
  return run === 'unreadable' || (typeof run === 'object' && run.token === token);
}

/** Whether a record that cannot be read is to go. It does not say whose it is. */
export function isLost(entry: StoreEntry, terms: ChunkTerms): boolean {
  return terms.identity === undefined && terms.isLost?.(entry) !== false;
}

/** Tells which chunks are of no use any more. */
export class ChunkJudge {
  readonly #store: Store;
  readonly #terms: ChunkTerms;
  readonly #runs = new Map<string, RunState>();

  constructor(store: Store, terms: ChunkTerms) {
    this.#store = store;
    this.#terms = terms;
  }

  /** @throws UnsafeFolderError */
  *judge(entry: StoreEntry): Steps<ChunkVerdict> {
    const chunk = yield* this.#read(entry.id, (record) => this.#chunkOf(record));
    if (chunk === 'absent' || chunk === 'unreadable') return 'good';
    if (chunk === 'corrupt') return isLost(entry, this.#terms) ? 'leftovers' : 'good';
    if (!chunk.isAsked) return 'good';
    if (chunkIdOf(chunk) !== entry.id) return 'leftovers';
    if (chunk.age <= PATIENCE) return 'good';
    return uses(this.#runs.get(chunk.id) ?? (yield* this.#look(chunk.id)), chunk) ? 'good' : 'leftovers';
  }

  #chunkOf({ head, payload }: StoredRecord): ChunkName & { readonly age: number; readonly isAsked: boolean } {
    const { clock, identity = head.identity } = this.#terms;
    return { ...nameOfChunk(payload), age: ageOf(head, clock()), isAsked: head.identity === identity };
  }

  *#look(id: string): Steps<RunState> {
    const run = yield* this.#read(id, (record) => ({ token: readRuns(record, id).token }));
    const state = run === 'corrupt' ? 'absent' : run;
    this.#runs.set(id, state);
    return state;
  }

  /** What `take` makes of a record, at once: what a store hands over may be valid for a moment only. */
  *#read<T>(id: string, take: (record: StoredRecord) => T): Steps<T | 'absent' | 'corrupt' | 'unreadable'> {
    try {
      const glimpsed = this.#terms.headsAlone === true ? yield* this.#glimpse(id) : undefined;
      if (glimpsed !== undefined) return take(glimpsed);
      const parts = yield* step(this.#store.get(id));
      return parts === undefined ? 'absent' : take(decodeRecord(parts, id));
    } catch (error) {
      if (isUnsafeFolder(error)) throw error;
      return error instanceof CorruptItemError ? 'corrupt' : 'unreadable';
    }
  }

  /** A record with as much of its payload as tells what it belongs to; undefined where its beginning does not. */
  *#glimpse(id: string): Steps<StoredRecord | undefined> {
    const glimpse = yield* step(this.#store.peek(id));
    if (glimpse === undefined) return undefined;
    const head = readHead(glimpse.head, id);
    const payload = glimpse.head.subarray(head.length);
    return payload.length >= NAME_BYTES ? { head, payload } : undefined;
  }
}
