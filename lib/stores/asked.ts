import { describe } from '../common/describe.ts';
import { StoreError } from '../common/errors.ts';
import { isThenable } from '../common/kind.ts';
import { carryOutAsync, carryOutSync, step, type Steps } from '../runtime/steps.ts';
import { Circuit } from './circuit.ts';
import { asEntry, refuse, type Check } from './answers.ts';
import type { StoreDefinition } from './definition.ts';
import type { Reply, StoreEntry, StoreKind } from './store.ts';

/** What a store is asked: which member, and the record of which id, if of one. */
interface Question {
  readonly member: string;
  readonly id?: string;
}

const LISTING: Question = { member: 'entries' };

/**
 * A store of a user's own, asked with care: whatever it throws becomes the cause of a StoreError, a wrong answer is one, and
 * so is every answer after it was closed.
 */
export class Asked<K extends StoreKind> {
  readonly kind: K;
  readonly #definition: StoreDefinition;
  readonly #circuit: Circuit | undefined;
  #isClosed = false;

  constructor(definition: StoreDefinition, kind: K) {
    this.kind = kind;
    this.#definition = definition;
    const { timeout, scope = definition } = definition;
    if (kind === 'async' && timeout !== undefined) this.#circuit = new Circuit(scope, timeout);
  }

  /** The store as its user wrote it. @throws StoreError when it is closed */
  get definition(): StoreDefinition {
    if (this.#isClosed) throw new StoreError('The store is closed: make a new one');
    return this.#definition;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** @throws StoreError */
  *ask<T>(question: Question, call: (definition: StoreDefinition) => unknown, check: Check<T>): Steps<T> {
    const { definition } = this;
    try {
      return check(yield* this.answerOf(this.#call(() => call(definition))));
    } catch (error) {
      throw failureOf(error, question);
    }
  }

  /** As `ask`, at once and without steps: for the way of a hit. @throws StoreError */
  askNow<T>(question: Question, call: (definition: StoreDefinition) => unknown, check: Check<T>): T {
    const { definition } = this;
    try {
      return check(atOnce(call(definition)));
    } catch (error) {
      throw failureOf(error, question);
    }
  }

  /** As `ask`, by a promise and without steps: for the way of a hit. */
  async askLater<T>(question: Question, call: (definition: StoreDefinition) => unknown, check: Check<T>): Promise<T> {
    const { definition } = this;
    try {
      return check(await this.#call(() => call(definition)));
    } catch (error) {
      throw failureOf(error, question);
    }
  }

  /** The records whose ids begin with `prefix`, at once. @throws StoreError */
  *entriesNow(prefix = ''): Generator<StoreEntry, void> {
    const { definition } = this;
    try {
      const listed = atOnce(definition.entries());
      if (!isIterable(listed)) refuse(listed, 'something to iterate over');
      for (const given of listed) {
        const entry = asEntry(atOnce(given));
        if (entry.id.startsWith(prefix)) yield entry;
      }
    } catch (error) {
      throw failureOf(error, LISTING);
    }
  }

  /** The records whose ids begin with `prefix`. @throws StoreError */
  async *entriesLater(prefix = ''): AsyncGenerator<StoreEntry, void> {
    const { definition } = this;
    try {
      const listed: unknown = await this.#call(() => definition.entries());
      if (!isIterable(listed) && !isAsyncIterable(listed)) refuse(listed, 'something to iterate over');
      for await (const given of this.#inTime(listed)) {
        const entry = asEntry(given);
        if (entry.id.startsWith(prefix)) yield entry;
      }
    } catch (error) {
      throw failureOf(error, LISTING);
    }
  }

  #call(question: () => unknown): unknown {
    return this.#circuit === undefined ? question() : this.#circuit.ask(question);
  }

  /** The same list, of which each entry comes in time. */
  async *#inTime(listed: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<unknown, void> {
    const list: Iterator<unknown> | AsyncIterator<unknown> = isAsyncIterable(listed)
      ? listed[Symbol.asyncIterator]()
      : listed[Symbol.iterator]();
    try {
      for (;;) {
        const next = (await this.#call(() => list.next())) as IteratorResult<unknown>;
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await list.return?.();
    }
  }

  /** What a lease of the store answers in time, after the store was closed too. */
  *answerInTime(question: () => unknown): Steps<unknown> {
    return yield* this.answerOf(this.#call(question));
  }

  /** What the store answers in the end. Throws for a promise of a store that answers at once. */
  *answerOf(answer: unknown): Steps<unknown> {
    return yield* step(this.kind === 'sync' ? atOnce(answer) : answer);
  }

  /** Carries steps out: at once, or in a promise. */
  carry<T>(steps: Steps<T>): Reply<K, T> {
    return (this.kind === 'sync' ? carryOutSync(steps) : carryOutAsync(steps)) as Reply<K, T>;
  }

  /** Has the store release what it holds; it is asked nothing more. Nothing happens the second time. @throws StoreError */
  *close(before: () => Steps<void>): Steps<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    yield* before();
    try {
      yield* this.answerOf(this.#definition.close());
    } catch (error) {
      throw failureOf(error, { member: 'close' });
    }
  }
}

function isIterable(list: unknown): list is Iterable<unknown> {
  return typeof list === 'object' && list !== null && Symbol.iterator in list;
}

function isAsyncIterable(list: unknown): list is AsyncIterable<unknown> {
  return typeof list === 'object' && list !== null && Symbol.asyncIterator in list;
}

/** What a store that answers at once has answered. Throws for a promise. */
export function atOnce(answer: unknown): unknown {
  if (!isThenable(answer)) return answer;
  // What becomes of it is of no interest, and must not end the process.
  Promise.resolve(answer).catch(() => undefined);
  throw new Error("it answered with a promise: a store that does has the kind 'async'");
}

/** What to throw for what a store has thrown: never anything else than a StoreError. */
function failureOf(thrown: unknown, { member, id }: Question): StoreError {
  if (isStoreError(thrown)) return thrown;
  return new StoreError(`The store failed at ${member}(): ${textOf(thrown)}`, { id, cause: thrown });
}

function isStoreError(thrown: unknown): thrown is StoreError {
  try {
    return thrown instanceof StoreError;
  } catch {
    // A proxy that was revoked.
    return false;
  }
}

/** Anything can be thrown, and not all of it can be made a text. */
function textOf(thrown: unknown): string {
  try {
    const { message } = thrown as { readonly message?: unknown };
    return typeof message === 'string' ? message : String(thrown);
  } catch {
    return describe(thrown);
  }
}
