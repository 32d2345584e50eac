import { each, type Steps } from '../runtime/steps.ts';
import {
  asBoolean,
  asBytes,
  asCounts,
  asPeeked,
  asStampNumber,
  asStat,
  asSwept,
  headOf,
  ignore,
  join,
} from './answers.ts';
import type { Asked } from './asked.ts';
import type { StoreDefinition } from './definition.ts';
import { HEAD_BYTES, savedAtOf } from './store.ts';
import type { Counts, Parts, PeekedRecord, Stamp, StoreEntry, StoreHints, StoreKind, SweepResult } from './store.ts';

const NOTHING_SWEPT: SweepResult = { leftovers: 0, bytes: 0 };

/** The members of a store that are asked for on no hit, in steps: see `completeStore`. */
export class Completion {
  readonly #asked: Asked<StoreKind>;
  readonly #head: StoreDefinition['head'];
  readonly #counters: StoreDefinition['counters'];
  readonly #files: StoreDefinition['files'];

  constructor(asked: Asked<StoreKind>) {
    const { head, counters, files } = asked.definition;
    this.#asked = asked;
    this.#head = head;
    this.#counters = counters;
    this.#files = files;
  }

  /** The folder. */
  get path(): string | undefined {
    return this.#files?.path;
  }

  get stamps(): boolean {
    return this.#asked.kind === 'sync' && this.#head?.stamp !== undefined;
  }

  pathOf(id: string): string | undefined {
    try {
      const path: unknown = this.#files?.pathOf?.(id);
      return typeof path === 'string' ? path : undefined;
    } catch {
      // It is asked for where errors are described, which must not make another one.
      return undefined;
    }
  }

  stamp(id: string): Stamp | undefined {
    const stamp = this.#asked.askNow({ member: 'head.stamp', id }, () => this.#head?.stamp?.(id), asStampNumber);
    return stamp === undefined ? undefined : { file: stamp, changedAt: 0, size: 0, isCertain: true };
  }

  *peek(id: string): Steps<PeekedRecord | undefined> {
    const head = this.#head;
    if (head === undefined) return yield* this.#peekWhole(id);
    const peeked = yield* this.#asked.ask({ member: 'head.peek', id }, () => head.peek(id, HEAD_BYTES), asPeeked);
    return peeked && { id, ...peeked };
  }

  *stat(id: string): Steps<StoreEntry | undefined> {
    const head = this.#head;
    if (head !== undefined) {
      const stat = yield* this.#asked.ask({ member: 'head.stat', id }, () => head.stat(id), asStat);
      return stat && { id, ...stat };
    }
    const bytes = yield* this.#whole(id);
    return bytes && { id, size: bytes.byteLength, lastUsedAt: savedAtOf(bytes) };
  }

  *touch(id: string, at: number): Steps<void> {
    yield* this.#asked.ask({ member: 'head.touch', id }, () => this.#head?.touch?.(id, at), ignore);
  }

  *set(id: string, parts: Parts, { expiresAt }: StoreHints): Steps<void> {
    const bytes = join(parts);
    yield* this.#asked.ask({ member: 'set', id }, (store) => store.set(id, bytes, { expiresAt }), ignore);
  }

  *delete(id: string): Steps<boolean> {
    return yield* this.#asked.ask({ member: 'delete', id }, (store) => store.delete(id), asBoolean);
  }

  *clear(keep?: string): Steps<number> {
    const ids: string[] = [];
    yield* each<StoreEntry>(this.#list(), ({ id }) => void ids.push(id));
    return keep === undefined ? yield* this.#clearAll(ids) : yield* this.#clearBut(ids, keep);
  }

  *destroy(): Steps<void> {
    yield* this.#clearAll([]);
    yield* this.resetCounters();
  }

  *addToCounters(group: string, deltas: Counts): Steps<void> {
    yield* this.#asked.ask({ member: 'counters.add' }, () => this.#counters?.add(group, deltas), ignore);
  }

  *readCounters(group: string): Steps<Counts> {
    return yield* this.#asked.ask({ member: 'counters.read' }, () => this.#counters?.read(group), asCounts);
  }

  *resetCounters(group?: string): Steps<void> {
    yield* this.#asked.ask({ member: 'counters.reset' }, () => this.#counters?.reset(group), ignore);
  }

  *sweep(ms?: number): Steps<SweepResult> {
    const swept = (): unknown => this.#files?.sweep?.(ms) ?? NOTHING_SWEPT;
    return yield* this.#asked.ask({ member: 'files.sweep' }, swept, asSwept);
  }

  #list(): Iterable<StoreEntry> | AsyncIterable<StoreEntry> {
    return this.#asked.kind === 'sync' ? this.#asked.entriesNow() : this.#asked.entriesLater();
  }

  *#peekWhole(id: string): Steps<PeekedRecord | undefined> {
    const bytes = yield* this.#whole(id);
    if (bytes === undefined) return undefined;
    const head = headOf(bytes);
    return { id, size: bytes.byteLength, lastUsedAt: savedAtOf(head), head };
  }

  *#whole(id: string): Steps<Uint8Array | undefined> {
    return yield* this.#asked.ask({ member: 'get', id }, (store) => store.get(id), asBytes);
  }

  *#clearAll(ids: readonly string[]): Steps<number> {
    yield* this.#asked.ask({ member: 'clear' }, (store) => store.clear(), ignore);
    return ids.length;
  }

  *#clearBut(ids: readonly string[], keep: string): Steps<number> {
    let removed = 0;
    for (const id of ids) if (!id.startsWith(keep) && (yield* this.delete(id))) removed++;
    return removed;
  }
}
