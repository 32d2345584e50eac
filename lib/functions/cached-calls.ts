import { types } from 'node:util';

import type { Settings } from '../calls/settings.ts';
import type { Store } from '../stores/store.ts';
import { kindOfRuns } from '../generators/objects.ts';
import type { ItemScope } from '../calls/item.ts';
import type { Outcome } from '../records/outcome.ts';
import { carryThrough, UNCACHED, type Way } from '../calls/begun.ts';
import { textOfForms } from '../calls/stored-form.ts';
import { answerOf, begin, valueOf } from '../calls/run.ts';
import type { Begun, Call, CallContext, GeneratorKind, Pending } from '../calls/context.ts';
import { callerWith, wait } from '../runtime/caller.ts';
import type { MaxAge } from '../options/judging.ts';
import { partsOfLastKey } from '../keys/digest.ts';
import type { CacheParts } from './function-context.ts';
import type { HeldOptions } from './function-options.ts';
import { generatorFor, generatorKindOf, refuseForGenerators, type GeneratorCall } from './generators.ts';
import { identified, type Identified } from './identified.ts';
import { identify, type Identity } from './identity.ts';
import { isBlind, LiveIdentity, type Moment } from './live-identity.ts';
import type { AnyFunction } from './source.ts';

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
  readonly live: LiveIdentity;
  readonly #kind: GeneratorKind | undefined;
  #identified: Identified | undefined;
  /** Whether a call answers with a promise whatever comes of it. */
  readonly #answersLater: boolean;

  /** The id that a call has now: its arguments may have changed. @throws UnkeyableError */
  readonly idNow = ({ self, args }: Call): string => this.#now.ids.of(self, args);

  readonly #own = (call: Call): Call => this.#now.ids.ownCall(call);

  /** Whether the function captures what it did when a call began. */
  readonly #isSame = ({ of }: Call): boolean => this.live.isSame((of as Identified).moment, this.read().moment);

  /** Begins a call that has to compute anew where the function captures something else by now; else undefined. */
  readonly #beginAnew = ({ of, self, args, caller }: Call): Begun | undefined => {
    const now = this.read();
    if (now === of) return undefined;
    if (now.context.settings.mode === 'off') return UNCACHED;
    const call = { ...this.callOf(self, args, now), caller, beginAnew: undefined };
    return begin(now.context, now.ids.of(self, args), call);
  };

  /** What tells the call of an id from others, as far as its arguments are still those of the id. Never throws. */
  readonly fingerprintsOf = (id: string, call: Pick<Call, 'self' | 'args'>): Uint8Array => {
    const { fingerprints, ids } = this.#now;
    // In most cases the key that was made last is that of the call, and need not be made again.
    return fingerprints.of(partsOfLastKey(id) ?? ids.partsOf(id, call), ids);
  };

  /** @throws AnonymousFunctionError, AmbiguousFunctionError, UnkeyableError, TypeError */
  constructor(fn: AnyFunction, held: HeldOptions, cache: CacheParts) {
    const { options } = held;
    const { backing, salt } = cache;
    // Every function has settings of its own, for its maxAge can be set.
    this.settings = cache.settings.but(options.call, cache.settings);
    const { captures: rule, clock, mode } = this.settings;
    const identity = identify(fn, options, { salt, isBlind: isBlind(rule), stored: textOfForms(this.settings) });
    this.#kind = generatorKindOf(fn);
    if (this.#kind !== undefined) refuseForGenerators(identity.name, options.call);
    const terms = { fn, identity, options, rule, clock, isOff: mode === 'off', scope: backing.store.scope };
    this.live = new LiveIdentity(terms);
    this.original = fn;
    this.store = backing.store;
    this.digest = identity.digest;
    this.#held = held;
    this.#cache = cache;
    this.#identity = identity;
    this.#answersLater = (this.#kind === undefined && types.isAsyncFunction(fn)) || backing.store.kind === 'async';
  }

  /** Ms, or what decides it. Undefined to follow the cache. Calls of the function in other places follow too, unless `with` says otherwise. */
  setMaxAge(maxAge: MaxAge | undefined): void {
    this.settings.givenAge = maxAge;
    this.#held.options = { ...this.#held.options, call: { ...this.#held.options.call, maxAge } };
  }

  /** All that is fixed about the calls, as long as the function captures what it does. */
  get context(): CallContext {
    return this.#now.context;
  }

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
    const { context, ids } = this.read();
    return { context, id: ids.of(self, args), args, fingerprints };
  }

  /** A call, to be made; `of`: by what the function is, default: as far as a hit goes. */
  callOf(self: unknown, args: readonly unknown[], of: Identified = this.#now): Call {
    const { original, idNow: idOf, fingerprintsOf: fingerprints } = this;
    const hooks = { of, own: this.#own, isSame: this.#isSame, beginAnew: this.#beginAnew };
    return { fn: original as Call['fn'], self, args, caller: callerWith(args), idOf, fingerprints, ...hooks };
  }

  /** A call of a generator function, for the functions of `generators.ts`. */
  generatorCall({ self, args }: Call): GeneratorCall {
    const { context, ids } = this.read();
    return { context, call: this.callOf(self, args), id: () => ids.of(self, args) };
  }

  /**
   * What the function would give, from the cache where it is there.
   *
   * A synchronous function that has to compute is called right here: only this frame and the one of the cached function stand
   * between the function and its caller, so that one which calls itself gets deep.
   */
  run(self: unknown, args: readonly unknown[]): unknown {
    if (this.#kind !== undefined) return generatorFor(this.generatorCall(this.callOf(self, args)));
    const call = this.callOf(self, args);
    const begun = this.#begin(call);
    if (!('finish' in begun)) return begun.answer;
    let value: unknown;
    let hasThrown = false;
    try {
      value = Reflect.apply(this.original, (begun.call ?? call).self, (begun.call ?? call).args);
    } catch (thrown) {
      value = thrown;
      hasThrown = true;
    }
    return answerOf(begun.finish(value, hasThrown));
  }

  /** All that comes before the function is called: its answer, or that it is to be called by `run`, whose frame stays small. */
  #begin(call: Call): Pending | { readonly answer: unknown } {
    if (this.#answersLater || call.caller !== undefined) return { answer: this.make(begin, call, valueOf) };
    const { context, ids } = call.of as Identified;
    const begun = context.settings.mode === 'off' ? UNCACHED : begin(context, ids.of(call.self, call.args), call);
    return 'finish' in begun && begun.traced === undefined ? begun : { answer: answerOf(carryThrough(begun, call)) };
  }

  /**
   * Makes a call in a way, and gives what `shape` makes of its outcome and its id: in a promise wherever the function or the store
   * answers with one. A cache that is off makes no key: there the id is an empty text. @throws as the call itself
   */
  make<T>(way: Way, call: Call, shape: (outcome: Outcome, id: string) => T): T | Promise<T> {
    try {
      const of = way === begin ? this.#now : this.read();
      const { context, ids } = of;
      if (context.settings.mode === 'off')
        return this.#shape(carryThrough(UNCACHED, call), (given) => shape(given, ''));
      const caller = call.caller?.present();
      const id = ids.of(call.self, call.args);
      const outcome = carryThrough(way(context, id, { ...call, of }), call);
      const shaped = this.#shape(outcome, (given) => shape(given, of === this.#identified ? id : this.idNow(call)));
      return 'hasValue' in outcome ? shaped : wait(caller, shaped as Promise<T>, () => context.counts.addError());
    } catch (error) {
      if (this.#answersLater || (call.caller?.isGone === true && this.context.seenPromise))
        return Promise.reject<T>(error);
      throw error;
    }
  }

  #shape<T>(outcome: Outcome | Promise<Outcome>, shape: (outcome: Outcome) => T): T | Promise<T> {
    if (!('hasValue' in outcome)) return outcome.then(shape);
    return this.#answersLater || outcome.promised ? Promise.resolve(shape(outcome)) : shape(outcome);
  }

  /** What calls go by at this moment, as far as hits go. */
  get #now(): Identified {
    return this.#at(this.live.now);
  }

  /** What calls go by that have to compute. */
  read(): Identified {
    return this.#at(this.live.read());
  }

  #at(moment: Moment): Identified {
    const before = this.#identified;
    if (before?.moment === moment) return before;
    const parts = { fn: this.original, identity: this.#identity, options: this.#held.options, settings: this.settings };
    return (this.#identified = identified(moment, { ...this.#cache, ...parts }, before));
  }
}
