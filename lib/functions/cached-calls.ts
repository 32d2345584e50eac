import { types } from 'node:util';

import { kindOfRuns } from '../generators/objects.ts';
import type { ItemScope } from '../calls/item.ts';
import type { Settings } from '../calls/settings.ts';
import type { Outcome } from '../records/outcome.ts';
import { answerOf, begin, carryThrough, valueOf } from '../calls/run.ts';
import { UNCACHED } from '../calls/uncached.ts';
import type { Begun, Call, CallContext, GeneratorKind } from '../calls/context.ts';
import type { Store } from '../stores/store.ts';
import { partsOfLastKey } from '../keys/digest.ts';
import type { CacheParts } from './function-context.ts';
import type { HeldOptions } from './function-options.ts';
import { generatorFor, generatorKindOf, type GeneratorCall } from './generators.ts';
import { identified, type Identified } from './identified.ts';
import { identify, type Identity } from './identity.ts';
import { isBlind, LiveIdentity, type Moment } from './live-identity.ts';
import type { AnyFunction } from './source.ts';

/** A way to a value: from where it is stored, or computed whatever is stored. */
export type Way = (context: CallContext, id: string, call: Call) => Begun;

/** All calls of one function through one cache. Whatever can be decided once for all of them is decided here. */
export class CachedCalls {
  readonly original: AnyFunction;
  readonly settings: Settings;
  readonly store: Store;
  /** The digest of what the function says of itself, without what it captures. */
  readonly digest: string;
  readonly #held: HeldOptions;
  readonly #cache: CacheParts;
  readonly #identity: Identity;
  readonly #live: LiveIdentity;
  readonly #kind: GeneratorKind | undefined;
  #identified: Identified | undefined;
  /** Whether a call answers with a promise whatever comes of it. */
  readonly #answersLater: boolean;

  /** Whether a call would have this id now: its arguments may have changed, and what the function captures. Never throws. */
  readonly isStill = (id: string, { self, args }: Call, isFresh = false): boolean => {
    try {
      const { context, ids } = isFresh ? this.#now : this.#read();
      return context.settings.mode !== 'off' && ids.of(self, args) === id;
    } catch {
      return false;
    }
  };

  /** What tells the call of an id from others, as far as its arguments are still those of the id. Never throws. */
  readonly fingerprintsOf = (id: string, call: Pick<Call, 'self' | 'args'>): Uint8Array => {
    const { fingerprints, ids } = this.#now;
    // In most cases the key that was made last is that of the call, and need not be made again.
    return fingerprints.of(partsOfLastKey(id) ?? this.#partsOf(id, call), ids);
  };

  /** A call that has to compute begins anew where the function captures something else than a moment ago; else undefined. */
  readonly #beginAnew = ({ self, args }: Call): Begun | undefined => {
    const before = this.#identified;
    const now = this.#read();
    if (now === before) return undefined;
    if (now.context.settings.mode === 'off') return UNCACHED;
    return begin(now.context, now.ids.of(self, args), { ...this.callOf(self, args), beginAnew: undefined });
  };

  /** @throws AnonymousFunctionError, AmbiguousFunctionError, UnkeyableError, TypeError */
  constructor(fn: AnyFunction, held: HeldOptions, cache: CacheParts) {
    const { options } = held;
    const { backing, salt } = cache;
    // Every function has settings of its own, for its maxAge can be set.
    this.settings = cache.settings.but(options.call, cache.settings);
    const { captures: rule, clock } = this.settings;
    const identity = identify(fn, options, { salt, isBlind: isBlind(rule) });
    const isOff = this.settings.mode === 'off';
    this.#live = new LiveIdentity({ fn, identity, options, rule, clock, isOff, scope: backing.store.scope });
    this.original = fn;
    this.store = backing.store;
    this.digest = identity.digest;
    this.#held = held;
    this.#cache = cache;
    this.#identity = identity;
    this.#kind = generatorKindOf(fn);
    this.#answersLater = (this.#kind === undefined && types.isAsyncFunction(fn)) || backing.store.kind === 'async';
  }

  /** Ms. Undefined to follow the cache. Calls of the function in other places follow too, unless `with` says otherwise. */
  setMaxAge(maxAge: number | undefined): void {
    this.settings.maxAge = maxAge;
    const { options } = this.#held;
    this.#held.options = { ...options, call: { ...options.call, maxAge } };
  }

  /** All that is fixed about the calls, as long as the function captures what it does. */
  get context(): CallContext {
    return this.#now.context;
  }

  /** What kind of generators the calls give, if any. */
  get generator(): GeneratorKind | undefined {
    return this.#kind && kindOfRuns({ backing: this.#cache.backing, generator: this.#kind });
  }

  /** The id of a call. @throws UnkeyableError */
  idOf(self: unknown, args: readonly unknown[]): string {
    return this.#now.ids.of(self, args);
  }

  /** The item of a call. @throws UnkeyableError */
  itemOf(self: unknown, args: readonly unknown[]): ItemScope {
    const fingerprints = (id: string): Uint8Array => this.fingerprintsOf(id, { self, args });
    const { context, ids } = this.#read();
    return { context, id: ids.of(self, args), args, fingerprints };
  }

  /** A call, to be made. */
  callOf(self: unknown, args: readonly unknown[]): Call {
    const { original, isStill, fingerprintsOf: fingerprints } = this;
    return { fn: original as Call['fn'], self, args, isStill, fingerprints, beginAnew: this.#beginAnew };
  }

  /** A call of a generator function, for the functions of `generators.ts`. */
  generatorCall(call: Call): GeneratorCall {
    const { context, ids } = this.#read();
    return { context, call, id: () => ids.of(call.self, call.args) };
  }

  /**
   * What the function would give, from the cache where it is there.
   *
   * A synchronous function that has to compute is called right here: only this frame and the one of the cached function stand
   * between the function and its caller, so that one which calls itself gets deep.
   */
  run(self: unknown, args: readonly unknown[]): unknown {
    if (this.#kind !== undefined) return generatorFor(this.generatorCall(this.callOf(self, args)));
    if (this.#answersLater) return this.make(begin, this.callOf(self, args), valueOf);
    const begun = this.#begin(self, args);
    if (!('finish' in begun)) return answerOf(begun);
    let value: unknown;
    let hasThrown = false;
    try {
      value = Reflect.apply(this.original, self, args);
    } catch (thrown) {
      value = thrown;
      hasThrown = true;
    }
    return answerOf(begun.finish(value, hasThrown));
  }

  #begin(self: unknown, args: readonly unknown[]): Begun {
    const { context, ids } = this.#now;
    if (context.settings.mode === 'off') return UNCACHED;
    return begin(context, ids.of(self, args), this.callOf(self, args));
  }

  /**
   * Makes a call in a way, and gives what `shape` makes of its outcome and its id: in a promise wherever the function or the store
   * answers with one. A cache that is off makes no key: there the id is an empty text. @throws as the call itself
   */
  make<T>(way: Way, call: Call, shape: (outcome: Outcome, id: string) => T): T | Promise<T> {
    try {
      const before = way === begin ? this.#now : this.#read();
      const isOff = before.context.settings.mode === 'off';
      const id = isOff ? '' : before.ids.of(call.self, call.args);
      const begun = isOff ? UNCACHED : way(before.context, id, call);
      // What the function captures may have been read once more.
      const shaped = (outcome: Outcome): T =>
        shape(outcome, isOff || before === this.#identified ? id : this.idOf(call.self, call.args));
      const outcome = 'finish' in begun ? carryThrough(begun, call) : begun;
      if (!('hasValue' in outcome)) return outcome.then(shaped);
      return this.#answersLater || outcome.promised ? Promise.resolve(shaped(outcome)) : shaped(outcome);
    } catch (error) {
      if (!this.#answersLater) throw error;
      return Promise.reject<T>(error);
    }
  }

  #read(): Identified {
    return this.#at(this.#live.read());
  }

  /** What calls go by at this moment, as far as hits go. */
  get #now(): Identified {
    const moment = this.#live.now;
    return this.#identified?.moment === moment ? this.#identified : this.#at(moment);
  }

  #at(moment: Moment): Identified {
    const before = this.#identified;
    if (before?.moment === moment) return before;
    const parts = { fn: this.original, identity: this.#identity, options: this.#held.options, settings: this.settings };
    return (this.#identified = identified(moment, { ...this.#cache, ...parts }, before));
  }

  #partsOf(id: string, { self, args }: Pick<Call, 'self' | 'args'>): readonly Uint8Array[] {
    try {
      return (this.idOf(self, args) === id ? partsOfLastKey(id) : undefined) ?? [];
    } catch {
      return [];
    }
  }
}
