import { kindOfRuns } from '../generators/objects.ts';
import type { ItemScope } from '../calls/item.ts';
import type { Outcome } from '../records/outcome.ts';
import { carryThrough, UNCACHED, type Begun, type Way } from '../calls/begun.ts';
import { answerOf, begin, valueOf } from '../calls/run.ts';
import { copyOf } from '../keys/copy.ts';
import type { Call, CallContext, GeneratorKind } from '../calls/context.ts';
import type { MaxAge } from '../options/judging.ts';
import { partsOfLastKey } from '../keys/digest.ts';
import { CallIds } from './call-ids.ts';
import { CallFingerprints } from './call-fingerprints.ts';
import { contextOf, type CacheParts } from './function-context.ts';
import type { HeldOptions } from './function-options.ts';
import { generatorFor, type GeneratorCall } from './generators.ts';
import { identify } from './identity.ts';
import { claimIdentity } from './registry.ts';
import type { AnyFunction } from './source.ts';

/** All calls of one function through one cache. Whatever can be decided once for all of them is decided here. */
export class CachedCalls {
  readonly original: AnyFunction;
  readonly context: CallContext;
  /** The digest of the identity of the function. */
  readonly digest: string;
  readonly #held: HeldOptions;
  readonly #ids: CallIds;
  readonly #fingerprints: CallFingerprints;
  /** Whether a call answers with a promise whatever comes of it. */
  readonly #answersLater: boolean;

  /** The id that a call has now: its arguments may have changed. @throws UnkeyableError */
  readonly idNow = ({ self, args }: Call): string => this.#ids.of(self, args);

  /** A call with copies of all of its arguments that can be copied. What stands behind the option key is left as it is. */
  readonly own = (call: Call): Call => {
    if (this.#ids.isCustom) return { ...call, own: undefined };
    const { keysThis } = this.#ids;
    const { values, isWhole } = copyOf(keysThis ? [call.self, ...call.args] : call.args);
    const idOf = isWhole ? undefined : call.idOf;
    if (values === undefined) return { ...call, own: undefined, idOf };
    const [self, args] = keysThis ? [values[0], values.slice(1)] : [call.self, values];
    return { ...call, self, args, own: undefined, idOf };
  };

  /** What tells the call of an id from others, as far as its arguments are still those of the id. Never throws. */
  readonly fingerprintsOf = (id: string, call: Pick<Call, 'self' | 'args'>): Uint8Array =>
    // In most cases the key that was made last is that of the call, and need not be made again.
    this.#fingerprints.of(partsOfLastKey(id) ?? this.#partsOf(id, call), this.#ids);

  /** @throws AnonymousFunctionError, AmbiguousFunctionError, UnkeyableError, TypeError */
  constructor(fn: AnyFunction, held: HeldOptions, cache: CacheParts) {
    const { options } = held;
    const { store, tier } = cache.backing;
    const identity = identify(fn, options, cache.salt);
    claimIdentity(store.scope, identity);
    this.original = fn;
    this.digest = identity.digest;
    this.#held = held;
    this.context = contextOf(fn, { identity, options }, cache);
    this.#ids = new CallIds(identity, options, tier !== undefined);
    this.#fingerprints = new CallFingerprints(identity, cache.salt);
    this.#answersLater = this.context.promised || store.kind === 'async';
  }

  /** Ms, or what decides it. Undefined to follow the cache. Calls of the function in other places follow too, unless `with` says otherwise. */
  setMaxAge(maxAge: MaxAge | undefined): void {
    this.context.settings.givenAge = maxAge;
    const { options } = this.#held;
    this.#held.options = { ...options, call: { ...options.call, maxAge } };
  }

  /** What kind of generators the calls give, if any. */
  get generator(): GeneratorKind | undefined {
    return this.context.generator && kindOfRuns(this.context);
  }

  /** The id of a call. @throws UnkeyableError */
  idOf(self: unknown, args: readonly unknown[]): string {
    return this.#ids.of(self, args);
  }

  /** The item of a call. @throws UnkeyableError */
  itemOf(self: unknown, args: readonly unknown[]): ItemScope {
    const fingerprints = (id: string): Uint8Array => this.fingerprintsOf(id, { self, args });
    return { context: this.context, id: this.idOf(self, args), args, fingerprints };
  }

  /** A call, to be made. */
  callOf(self: unknown, args: readonly unknown[]): Call {
    const { original, own, idNow: idOf, fingerprintsOf: fingerprints } = this;
    return { fn: original as Call['fn'], self, args, own, idOf, fingerprints };
  }

  /** A call of a generator function, for the functions of `generators.ts`. */
  generatorCall(call: Call): GeneratorCall {
    return { context: this.context, call, id: () => this.idOf(call.self, call.args) };
  }

  /**
   * What the function would give, from the cache where it is there.
   *
   * A synchronous function that has to compute is called right here: only this frame and the one of the cached function stand
   * between the function and its caller, so that one which calls itself gets deep.
   */
  run(self: unknown, args: readonly unknown[]): unknown {
    if (this.context.generator !== undefined) return generatorFor(this.generatorCall(this.callOf(self, args)));
    if (this.#answersLater) return this.make(begin, this.callOf(self, args), valueOf);
    const call = this.callOf(self, args);
    const begun = this.#begin(call);
    if (!('finish' in begun) || begun.traced !== undefined) return answerOf(carryThrough(begun, call));
    const given = begun.call ?? call;
    let value: unknown;
    let hasThrown = false;
    try {
      value = Reflect.apply(this.original, given.self, given.args);
    } catch (thrown) {
      value = thrown;
      hasThrown = true;
    }
    return answerOf(begun.finish(value, hasThrown));
  }

  #begin(call: Call): Begun {
    if (this.context.settings.mode === 'off') return UNCACHED;
    return begin(this.context, this.#ids.of(call.self, call.args), call);
  }

  /**
   * Makes a call in a way, and gives what `shape` makes of its outcome and its id: in a promise wherever the function or the store
   * answers with one. A cache that is off makes no key: there the id is an empty text. @throws as the call itself
   */
  make<T>(way: Way, call: Call, shape: (outcome: Outcome, id: string) => T): T | Promise<T> {
    try {
      const id = this.context.settings.mode === 'off' ? '' : this.#ids.of(call.self, call.args);
      const begun = id === '' ? UNCACHED : way(this.context, id, call);
      const outcome = 'finish' in begun ? carryThrough(begun, call) : begun;
      if (!('hasValue' in outcome)) return outcome.then((settled) => shape(settled, id));
      const shaped = shape(outcome, id);
      return this.#answersLater || outcome.promised ? Promise.resolve(shaped) : shaped;
    } catch (error) {
      if (!this.#answersLater) throw error;
      return Promise.reject<T>(error);
    }
  }

  #partsOf(id: string, { self, args }: Pick<Call, 'self' | 'args'>): readonly Uint8Array[] {
    try {
      return (this.idOf(self, args) === id ? partsOfLastKey(id) : undefined) ?? [];
    } catch {
      return [];
    }
  }
}
