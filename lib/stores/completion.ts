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
import { entriesOf } from './listing.ts';
import { HEAD_BYTES, savedAtOf } from './store.ts';
import type { Counts, Parts, PeekedRecord, Stamp, StoreEntry, StoreHints, StoreKind, SweepResult } from './store.ts';

const NOTHING_SWEPT: SweepResult = { leftovers: 0, bytes: 0 };

/** The members of a store that are asked for on no hit, in steps: see `completeStore`. */
export class Completion {
  readonly #asked: Asked<StoreKind>;

  constructor(asked: Asked<StoreKind>) {
    this.#asked = asked;
  }

  pathOf(id: string): string | undefined {
    try {
      const path: unknown = this.#asked.unclosed.files?.pathOf?.(id);
      return typeof path === 'string' ? path : undefined;
    } catch {
      // It is asked for where errors are described, which must not make another one.
      return undefined;
    }
  }

  stamp(id: string): Stamp | undefined {
    const stamp = this.#asked.askNow({ member: 'head.stamp', id }, ({ head }) => head?.stamp?.(id), asStampNumber);
    return stamp === undefined ? undefined : { file: stamp, changedAt: 0, size: 0, isCertain: true };
  }

  *peek(id: string): Steps<PeekedRecord | undefined> {
    if (this.#asked.definition.head === undefined) return yield* this.#peekWhole(id);
    const question = { member: 'head.peek', id };
    const peeked = yield* this.#asked.ask(question, ({ head }) => head?.peek(id, HEAD_BYTES), asPeeked);
    return peeked && { id, ...peeked };
  }

  *stat(id: string): Steps<StoreEntry | undefined> {
    if (this.#asked.definition.head !== undefined) {
      const stat = yield* this.#asked.ask({ member: 'head.stat', id }, ({ head }) => head?.stat(id), asStat);
      return stat && { id, ...stat };
    }
    const bytes = yield* this.#whole(id);
    return bytes && { id, size: bytes.byteLength, lastUsedAt: savedAtOf(bytes) };
  }

  *touch(id: string, at: number): Steps<void> {
    yield* this.#asked.ask({ member: 'head.touch', id }, ({ head }) => head?.touch?.(id, at), ignore);
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
    yield* each<StoreEntry>(entriesOf(this.#asked), ({ id }) => void ids.push(id));
    return keep === undefined ? yield* this.#clearAll(ids) : yield* this.#clearBut(ids, keep);
  }

  *destroy(): Steps<void> {
    yield* this.#clearAll([]);
    yield* this.resetCounters();
  }

  *addToCounters(group: string, deltas: Counts): Steps<void> {
    yield* this.#asked.ask({ member: 'counters.add' }, ({ counters }) => counters?.add(group, deltas), ignore);
  }

  *readCounters(group: string): Steps<Counts> {
    return yield* this.#asked.ask({ member: 'counters.read' }, ({ counters }) => counters?.read(group), asCounts);
  }

  *resetCounters(group?: string): Steps<void> {
    yield* this.#asked.ask({ member: 'counters.reset' }, ({ counters }) => counters?.reset(group), ignore);
  }

  *sweep(ms?: number): Steps<SweepResult> {
    if (this.#asked.definition.files?.sweep === undefined) return NOTHING_SWEPT;
    return yield* this.#asked.ask({ member: 'files.sweep' }, ({ files }) => files?.sweep?.(ms), asSwept);
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
