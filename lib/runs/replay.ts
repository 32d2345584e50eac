import { CorruptItemError } from '../common/errors.ts';
import { decodeRecord } from '../records/frame.ts';
import { isOwned, type Codec } from '../serializers/serializer.ts';
import type { Store } from '../stores/store.ts';
import { chunkIdOf, itemsOfChunk, ItemReader } from './chunks.ts';
import type { Manifest } from './manifest.ts';
import { checkCodec, decodeValue } from '../records/outcome.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** Where runs are read from, and with what. */
export interface RunSource {
  readonly store: Store;
  readonly codec: Codec;
}

/** Gives the items of a stored run one by one, with one chunk in memory at a time. */
export class Replay {
  readonly #source: RunSource;
  readonly #id: string;
  readonly #manifest: Manifest;
  #reader: ItemReader;
  #chunk = 0;

  constructor(source: RunSource, id: string, manifest: Manifest) {
    this.#source = source;
    this.#id = id;
    this.#manifest = manifest;
    this.#reader = new ItemReader(manifest.items);
  }

  /**
   * The next item or, at the end, what the generator returned.
   *
   * @throws CorruptItemError when a part is missing or cannot be read; what the store throws
   */
  *next(): Steps<IteratorResult<unknown, unknown>> {
    for (;;) {
      const item = this.#reader.next();
      if (item !== undefined) return { done: false, value: this.#decode(item.encoding, item.bytes) };
      if (this.#chunk === this.#manifest.chunks) return { done: true, value: this.#manifest.value };
      this.#reader = new ItemReader(yield* this.#load(this.#chunk));
      this.#chunk++;
    }
  }

  #decode(encoding: number, payload: Uint8Array): unknown {
    return decodeValue({ head: { encoding }, payload }, this.#id, this.#source.codec);
  }

  *#load(index: number): Steps<Uint8Array> {
    const name = { id: this.#id, token: this.#manifest.token, index };
    const chunkId = chunkIdOf(name);
    const { store, codec } = this.#source;
    const parts = yield* step(store.get(chunkId));
    if (parts === undefined)
      throw new CorruptItemError(`A part of the run of ${this.#id} is missing`, { id: this.#id });
    const record = decodeRecord(parts, chunkId);
    if (record.head.kind !== 'chunk') throw new CorruptItemError(`${chunkId} is no part of a run`, { id: this.#id });
    checkCodec(record, chunkId, codec);
    const items = itemsOfChunk(record.payload, name);
    // What a store hands over may be valid for a moment only, and the consumer takes its time.
    return isOwned(record.payload) ? items : new Uint8Array(items);
  }
}
