import { types } from 'node:util';

import * as steps from './calls/item.ts';
import { info, type ItemInfo } from './calls/item-info.ts';
import type { ItemScope } from './calls/item.ts';
import type { Outcome } from './records/outcome.ts';
import { carryThrough, UNCACHED } from './calls/begun.ts';
import { answerOf, begin } from './calls/run.ts';
import { refuseGenerator } from './runs/items.ts';
import type { Call, CallContext } from './calls/context.ts';
import { traceHere } from './runtime/in-flight.ts';
import { carryOut, step, type Answer, type Steps } from './runtime/steps.ts';
import { invalidArgument } from './common/errors.ts';
import { checkOptions } from './options/rows.ts';
import { type Duration, parseDuration } from './options/parse.ts';
import type { AsyncStore, Store, SyncStore } from './stores/store.ts';

/** What `save` may be told. */
export interface SaveOptions {
  /** A lifetime for this value alone; it holds for every reader whose own maxAge is not shorter. Default: none. */
  readonly maxAge?: Duration;
}

/**
 * The handle of one item of a cache, whether it exists or not. Over a store that answers with promises every method
 * does too.
 *
 * @example
 * const item = cache.itemForKey({ user: 42, page: 'home' });
 * if (!item.exists()) item.save(render());
 * console.log(item.load());
 */
export class CacheItem<S extends Store = SyncStore> {
  readonly #scope: ItemScope;

  /** Items are made by a cache: `itemForKey`, `itemForCall`, `itemForId`, `items`. */
  constructor(scope: ItemScope) {
    this.#scope = scope;
  }

  /** 64 lower-case hex characters. */
  get id(): string {
    return this.#scope.id;
  }

  /** The file of the item, whether it exists or not; undefined over a store without files. */
  get path(): string | undefined {
    return this.#scope.context.backing.store.pathOf(this.id);
  }

  /**
   * Whether a fresh, readable record is there. It is a question and no use: no event tells of it, but for `corrupt` where there
   * is a record that cannot be read.
   *
   * @throws StoreError, UnsafeFolderError
   */
  exists(): Answer<S, boolean> {
    return this.#do(steps.exists(this.#scope));
  }

  /**
   * The value. Of a generator it is all that the generator gave, in an array. Like a call it is an event `hit` or `miss`, and
   * `corrupt` for a record that cannot be read.
   *
   * @throws MissingItemError (its `reason` is `'absent'`, `'expired'` or `'invalid'`), CorruptItemError, StoreError,
   * UnsafeFolderError
   */
  load<T = unknown>(): Answer<S, T> {
    return this.#do(steps.load(this.#scope) as Steps<T>);
  }

  /**
   * The value, or the fallback (default: undefined) for anything that makes `load` throw. It tells what `load` does, and
   * `readFailed` of a store that fails.
   */
  tryLoad<T = unknown>(): Answer<S, T | undefined>;
  tryLoad<T>(fallback: T): Answer<S, T>;
  tryLoad<T>(fallback?: T): Answer<S, T | undefined> {
    return this.#do(steps.tryLoad(this.#scope, fallback) as Steps<T | undefined>);
  }

  /**
   * Stores a value, whole or not at all. Where the mode of the cache says that nothing is saved, it returns quietly.
   *
   * @throws UnserializableError, StoreError, UnsafeFolderError; TypeError for the item of a generator, which is filled
   * by a run that comes to its end
   */
  save(value: unknown, options?: SaveOptions): Answer<S, void> {
    return this.#do(save(this.#scope, value, options));
  }

  /**
   * Stores a value; whether it did. What makes `save` throw is an event `writeFailed`.
   *
   * @throws TypeError for wrong options only
   */
  trySave(value: unknown, options?: SaveOptions): Answer<S, boolean> {
    return this.#do(trySave(this.#scope, value, options));
  }

  /**
   * The value, or what `compute` gives, stored; as with a cached function, no failure of the cache comes through, what
   * `compute` throws does, and callers that ask while a promise of it is pending share it.
   *
   * @throws TypeError for the item of a generator
   */
  loadOrSave<T>(compute: () => T): S extends AsyncStore ? Promise<Awaited<T>> : T {
    const { context, id, args, fingerprints } = this.#scope;
    if (typeof compute !== 'function' || context.generator !== undefined) return this.#do(refuse(context)) as never;
    // The options label and shouldCache of a function are given the arguments of its call; `compute` takes none.
    const call: Call = { fn: () => traceHere(() => compute()), self: undefined, args, fingerprints };
    // What is learned of one `compute` says nothing of the next.
    const own = { ...context, promised: types.isAsyncFunction(compute), seenPromise: false, seenValue: false };
    const run = (): Outcome | Promise<Outcome> =>
      carryThrough(own.settings.mode === 'off' ? UNCACHED : begin(own, id, call), call);
    // A value that was saved by hand, or computed by another function, is no promise: this caller expects one.
    if (own.promised || own.backing.store.kind === 'async') return later(run) as never;
    return answerOf(run()) as never;
  }

  /** Removes the item; whether there was one. @throws StoreError, UnsafeFolderError */
  delete(): Answer<S, boolean> {
    return this.#do(steps.remove(this.#scope));
  }

  /**
   * What is known of the item without reading its value, or undefined; a question like `exists`, with the same event.
   *
   * @throws StoreError, UnsafeFolderError
   */
  info(): Answer<S, ItemInfo | undefined> {
    return this.#do(info(this.#scope));
  }

  /** Whether it was saved before a time, given as a `Date` or ms since the epoch; false where there is none. */
  olderThan(time: Date | number): Answer<S, boolean> {
    return this.#do(compareAge(this.#scope, time, (createdAt, limit) => createdAt < limit));
  }

  /** Whether it was saved after a time, given as a `Date` or ms since the epoch; false where there is none. */
  newerThan(time: Date | number): Answer<S, boolean> {
    return this.#do(compareAge(this.#scope, time, (createdAt, limit) => createdAt > limit));
  }

  #do<T>(operation: Steps<T>): Answer<S, T> {
    return carryOut(this.#scope.context.backing.store as S, operation);
  }
}

// Arguments are checked inside of the steps, so that a method that answers with a promise rejects it.

function* save(scope: ItemScope, value: unknown, options: SaveOptions | undefined): Steps<void> {
  yield* steps.save(scope, value, lifetimeOf(options));
}

function* trySave(scope: ItemScope, value: unknown, options: SaveOptions | undefined): Steps<boolean> {
  return yield* steps.trySave(scope, value, lifetimeOf(options));
}

type Compare = (createdAt: number, limit: number) => boolean;

function* compareAge(scope: ItemScope, time: Date | number, compare: Compare): Steps<boolean> {
  const limit = toTime(time);
  const known = yield* info(scope);
  return known !== undefined && compare(known.createdAt, limit);
}

function* refuse(context: CallContext): Steps<void> {
  yield* step(undefined);
  refuseGenerator(context, 'loadOrSave()');
  throw invalidArgument('loadOrSave() needs a function that computes the value');
}

function lifetimeOf(options: SaveOptions | undefined): number | undefined {
  checkOptions(options, ['maxAge'], 'save()');
  return options?.maxAge === undefined ? undefined : parseDuration(options.maxAge, 'The option maxAge');
}

function toTime(time: Date | number): number {
  const ms = Number(time);
  if (Number.isNaN(ms)) throw invalidArgument('The time must be a valid Date or a number of ms since the epoch');
  return ms;
}

async function later(run: () => Outcome | Promise<Outcome>): Promise<unknown> {
  return (await run()).value;
}
