import { randomBytes } from 'node:crypto';

import type { Store } from '../stores/store.ts';
import { ChunkBuffer, chunkIdOf } from './chunks.ts';
import { encodeManifest, NO_RUN, runsOf, type StoredRun, type StoredRuns } from './manifest.ts';
import { encodeValue, frame, type SaveTerms } from './plan-save.ts';
import type { Site } from './site.ts';
import { step, type Steps } from './steps.ts';

/**
 * Ms that the hint on the life of a chunk is longer than that of a value: its manifest comes later, and a store that
 * drops records by itself must not drop a chunk first.
 */
const HEAD_START = 3_600_000;

/** What is said of a run that came to its end. */
export interface RunTerms {
  readonly label: string;
  readonly computeMs: number;
}

/**
 * Stores one run of a generator while it goes on. Nobody finds any of it before `finish` has written the manifest. A run
 * that fits into one chunk is a single record.
 */
export class Recorder {
  readonly #site: Site;
  readonly #id: string;
  readonly #token = randomBytes(16).toString('hex');
  readonly #buffer = new ChunkBuffer();
  #chunks = 0;

  constructor(site: Site, id: string) {
    this.#site = site;
    this.#id = id;
  }

  /** Takes an item; whether it is time to `flush`. @throws UnserializableError */
  add(item: unknown): boolean {
    return this.#buffer.add(encodeValue(this.#site.settings.codec, item, this.#id));
  }

  /** Writes a chunk. @throws what the store throws */
  *flush(): Steps<void> {
    const { shared } = this.#site;
    const name = { id: this.#id, token: this.#token, index: this.#chunks++ };
    const chunkId = chunkIdOf(name);
    const bytes = this.#buffer.chunk(name);
    const terms: SaveTerms = { ...PLAIN, id: chunkId, kind: 'chunk' };
    const { parts, hints } = frame(this.#site, { encoding: 0, bytes }, terms);
    yield* step<void>(shared.store.set(chunkId, parts, { expiresAt: hints.expiresAt + HEAD_START }));
    this.#buffer.clear();
  }

  /**
   * Writes the manifest, and removes the chunks of the run before the one that it replaces.
   *
   * @throws UnserializableError, what the store throws
   */
  *finish(value: unknown, { label, computeMs }: RunTerms): Steps<void> {
    const { store } = this.#site.shared;
    const encoded = value === undefined ? undefined : encodeValue(this.#site.settings.codec, value, this.#id);
    if (this.#chunks > 0 && !this.#buffer.isEmpty) yield* this.flush();
    const former = yield* storedRuns(store, this.#id);
    const items = this.#buffer.isEmpty ? new Uint8Array(0) : this.#buffer.items();
    const payload = encodeManifest({ token: this.#token, chunks: this.#chunks, former, items, value: encoded });
    const { parts, hints } = frame(this.#site, payload, { ...PLAIN, id: this.#id, kind: 'run', label, computeMs });
    yield* step<void>(store.set(this.#id, parts, hints));
    yield* removeChunks(store, this.#id, former.former);
  }

  /** Removes what was written; what cannot be removed is left to `prune`. Never throws. */
  *discard(): Steps<void> {
    yield* removeChunks(this.#site.shared.store, this.#id, { token: this.#token, chunks: this.#chunks });
    this.#chunks = 0;
    this.#buffer.clear();
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

/** Removes the chunks of a run; what cannot be removed is left to `prune`. Never throws. */
export function* removeChunks(store: Store, id: string, { token, chunks }: StoredRun): Steps<void> {
  try {
    for (let index = 0; index < chunks; index++) yield* step(store.delete(chunkIdOf({ id, token, index })));
  } catch {
    // The store fails, and has told so or will.
  }
}
