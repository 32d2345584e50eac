import { randomBytes } from 'node:crypto';

import { sizeOf, type Store } from '../stores/store.ts';
import { ChunkBuffer, chunkIdOf } from '../runs/chunks.ts';
import { encodeManifest, NO_RUN, runsOf, type StoredRuns } from '../runs/manifest.ts';
import { encodeValue, frame, type RecordTerms } from '../calls/save.ts';
import { largestOf, paceOf, put, putChunk, removeRun, tooLarge } from '../calls/put.ts';
import type { CallContext } from '../calls/context.ts';
import { step, type Steps } from '../runtime/steps.ts';

/**
 * Ms that the hint on the life of a chunk is longer than that of a value: its manifest comes later, and a store that
 * drops records by itself must not drop a chunk first.
 */
const HEAD_START = 3_600_000;

/** What is said of a run that came to its end. */
export interface RunTerms {
  readonly label: string;
  /** Ms; `Infinity` for none of its own. */
  readonly lifetime: number;
  readonly computeMs: number;
  /** The fingerprints of the call. */
  readonly fingerprints: Uint8Array | undefined;
}

/**
 * Stores one run of a generator while it goes on. Nothing of it is found before `finish` has written the manifest. A run
 * that fits into one chunk is a single record.
 */
export class Recorder {
  readonly #context: CallContext;
  readonly #id: string;
  readonly #token = randomBytes(16).toString('hex');
  readonly #buffer = new ChunkBuffer();
  #chunks = 0;
  /** Bytes of the chunks. */
  #written = 0;

  constructor(context: CallContext, id: string) {
    this.#context = context;
    this.#id = id;
  }

  /** Takes an item; whether it is time to `flush`. @throws UnserializableError, EntryTooLargeError */
  add(item: unknown): boolean {
    const isFull = this.#buffer.add(encodeValue(this.#context.settings.codec, item, this.#id));
    this.#refuseOver(this.#buffer.length);
    return isFull;
  }

  /** Writes a chunk. @throws EntryTooLargeError, what the store throws */
  *flush(): Steps<void> {
    const name = { id: this.#id, token: this.#token, index: this.#chunks++ };
    const chunkId = chunkIdOf(name);
    const bytes = this.#buffer.chunk(name);
    const terms: RecordTerms = { ...PLAIN, id: chunkId, kind: 'chunk' };
    const record = frame(this.#context, { encoding: 0, bytes }, terms);
    const size = sizeOf(record.parts);
    this.#refuseOver(size);
    yield* putChunk(this.#context, { ...record, hints: { expiresAt: record.hints.expiresAt + HEAD_START } }, this.#id);
    this.#written += size;
    this.#buffer.clear();
  }

  /**
   * Writes the manifest, emits `save`, and removes the chunks of the run before the one that it replaces.
   *
   * @throws UnserializableError, EntryTooLargeError, what the store throws
   */
  *finish(value: unknown, terms: RunTerms): Steps<void> {
    const { backing } = this.#context;
    const encoded = value === undefined ? undefined : encodeValue(this.#context.settings.codec, value, this.#id);
    if (this.#chunks > 0 && !this.#buffer.isEmpty) yield* this.flush();
    const former = yield* storedRuns(backing.store, this.#id);
    const items = this.#buffer.isEmpty ? new Uint8Array(0) : this.#buffer.items();
    const payload = encodeManifest({ token: this.#token, chunks: this.#chunks, former, items, value: encoded });
    const record = frame(this.#context, payload, { ...PLAIN, id: this.#id, kind: 'run', ...terms });
    this.#refuseOver(sizeOf(record.parts));
    yield* put(this.#context, record, paceOf(this.#context));
    yield* removeRun(backing, this.#id, former.former);
  }

  /** Removes what was written; what cannot be removed is left to `prune`. Never throws. */
  *discard(): Steps<void> {
    yield* removeRun(this.#context.backing, this.#id, { token: this.#token, chunks: this.#chunks });
    this.#chunks = 0;
    this.#written = 0;
    this.#buffer.clear();
  }

  /** The whole run is one entry. */
  #refuseOver(more: number): void {
    const bytes = this.#written + more;
    if (bytes > largestOf(this.#context)) throw tooLarge(this.#context, this.#id, bytes);
  }
}

const PLAIN = { label: '', computeMs: 0, promised: false, lifetime: Infinity } as const;

/** What is stored of an item's runs at this moment. */
function* storedRuns(store: Store, id: string): Steps<StoredRuns> {
  try {
    return runsOf(yield* step(store.get(id)), id) ?? NO_RUN;
  } catch {
    // Then the chunks of former runs are left to `prune`.
    return NO_RUN;
  }
}
