/** A call whose function is called: what it takes, and how it gives that back. */

import { isThenable } from '../common/kind.ts';
import type { InFlight } from '../runtime/in-flight.ts';
import { computing } from '../runtime/shared-time.ts';
import { carryOutAsync, carryOutHere, carryOutSync, type Steps } from '../runtime/steps.ts';
import { every } from '../runtime/timers.ts';
import type { Finding, NotFound, Outcome } from '../records/outcome.ts';
import { CHANGED } from './begun.ts';
import { conclude, rescue, type Ran } from './conclude.ts';
import type { Begun, Call, CallContext, Pending, Shared } from './context.ts';
import { isStill, isUnchanged, ownCall } from './unchanged.ts';
import { release, RENEWAL, type Lease } from './leases.ts';
import { observe, observeError, observeMiss } from './observe.ts';
import type { Saved } from './save.ts';
import { shareValue } from './shared.ts';
import { hadRoom, type Place } from './stack-room.ts';

/**
 * One computation: `begin`, the function, then `finish`, with nothing of the cache but the caller of those on the stack meanwhile;
 * where it has to wait before the function is called, the rest comes in a promise. All that is asked of the store comes before
 * the function or after it, in steps. Whatever comes, it gives back its lease and its place among the calls in flight. There is room for that on the stack: see
 * `requireRoom`, which comes before a computation is made.
 */
export class Computation implements Pending, Ran {
  readonly context: CallContext;
  readonly id: string;
  readonly inFlight: InFlight<Shared>;
  place: Place;
  lease: Lease | undefined;
  /** The call with the arguments that the function is given. */
  call: Call;
  notFound: NotFound | undefined;
  fingerprints: Uint8Array | undefined;
  stop: () => number = () => 0;
  promised = false;
  isOfOthers = false;
  saved: Saved | undefined;

  constructor(context: CallContext, call: Call, terms: Pick<Computation, 'inFlight' | 'place'>) {
    this.context = context;
    this.call = call;
    this.id = terms.inFlight.id;
    this.inFlight = terms.inFlight;
    this.place = terms.place;
  }

  /** What the function is to be traced as. */
  get traced(): InFlight<never> | undefined {
    return this.place === 'inPromises' ? (this.inFlight as InFlight<never>) : undefined;
  }

  /**
   * Prepares. Then the function is called by the one who calls this, unless there is a value, or something to wait for: that
   * promise may reject with CHANGED.
   */
  begin(prepare: Steps<Finding>): Begun {
    const { context, id } = this;
    try {
      const turn = this.place === 'onStack' ? carryOutSync(prepare) : carryOutHere(prepare);
      if (!('hasValue' in turn)) {
        this.call = ownCall(this.call);
        this.inFlight.share();
        return this.#endLater(this.#goOn(turn));
      }
      if (!turn.hasValue) {
        observeMiss(context, id, turn);
        this.#start(turn);
        this.inFlight.enter();
        return this;
      }
      carryOutSync(this.giveBack());
      return observe(context, id, turn);
    } catch (error) {
      carryOutSync(this.giveBack());
      return observeError(context, error);
    }
  }

  /**
   * The function has answered with a value or has thrown one.
   *
   * @throws what the function has thrown, unless there is a value all the same
   */
  finish(value: unknown, hasThrown: boolean): Outcome | Promise<Outcome> {
    const { context, id, inFlight } = this;
    inFlight.leave();
    if (hasThrown) {
      if (context.backing.store.kind === 'async') return this.#endLater(this.#settle(Promise.reject(value)));
    } else if (this.#answers(value) || context.backing.store.kind === 'async') {
      this.place = 'inPromises';
      inFlight.shareAnswered();
      return this.#endLater(this.#settle(value));
    }
    try {
      const outcome = carryOutSync(hasThrown ? rescue(this, value) : conclude(this, value));
      return observe(context, id, outcome);
    } catch (error) {
      return observeError(context, error);
    } finally {
      carryOutSync(this.giveBack());
    }
  }

  /** Computes beside others, without a lease, and not to be joined. */
  async computeBeside(notFound: NotFound): Promise<Outcome> {
    try {
      if (!isStill(this.id, this.call)) throw CHANGED;
      return await this.#compute(notFound);
    } finally {
      this.stop();
      this.inFlight.end(() => undefined);
    }
  }

  /** Ends it; `give` makes what those who joined are given. */
  *giveBack(give: () => Shared = () => undefined): Steps<void> {
    this.stop();
    if (this.lease !== undefined) yield* release(this.context.backing.store, this.lease);
    this.inFlight.end(give);
    hadRoom(this.context, this.place);
  }

  /** After it has waited. Only a miss is observed: several may wait for the outcome. */
  async #goOn(turn: Promise<Finding>): Promise<Outcome> {
    const found = await turn;
    if (found.hasValue) return found;
    if (!isStill(this.id, this.call)) throw CHANGED;
    observeMiss(this.context, this.id, found);
    return this.#compute(found);
  }

  async #compute(notFound: NotFound): Promise<Outcome> {
    this.#start(notFound);
    return this.#settle(this.inFlight.trace(Computation.#callFunction, this));
  }

  /** A thenable, which may begin to work only then, is waited for here. */
  static async #callFunction(computation: Computation): Promise<unknown> {
    const { fn, self, args } = computation.call;
    const answer: unknown = Reflect.apply(fn, self, args);
    computation.#answers(answer);
    return answer;
  }

  #start(notFound: NotFound): void {
    const { context, id } = this;
    this.notFound = notFound;
    // One that has always answered at once is given the very arguments: its caller cannot change them meanwhile.
    if (this.place === 'inPromises' || !context.seenValue) this.call = ownCall(this.call);
    if (context.settings.maySave) this.fingerprints = this.call.fingerprints?.(id, this.call);
    this.stop = computing.begin();
  }

  /** The function has answered; whether with a promise. */
  #answers(value: unknown): boolean {
    this.promised = isThenable(value);
    this.context[this.promised ? 'seenPromise' : 'seenValue'] = true;
    // The caller can change what it has given from now on.
    if (this.promised) this.isOfOthers = ownCall(this.call).args !== this.call.args;
    return this.promised;
  }

  /** Ends with what a promise gives, which those who joined are given, too. */
  async #endLater(pending: Promise<Outcome>): Promise<Outcome> {
    const { context, id } = this;
    let shared: (() => Shared) | undefined;
    try {
      const outcome = await pending;
      shared = () => shareValue(context, outcome, this.saved?.payload);
      return observe(context, id, outcome);
    } catch (error) {
      if (error === CHANGED) throw error;
      shared = () => ({ error });
      return observeError(context, error);
    } finally {
      await carryOutAsync(this.giveBack(this.isOfOthers ? undefined : shared));
    }
  }

  async #settle(answer: unknown): Promise<Outcome> {
    const { lease } = this;
    const stop = lease && every(() => void lease.renew(), RENEWAL);
    try {
      let value: unknown;
      let hasThrown = false;
      try {
        value = await answer;
      } catch (thrown) {
        value = thrown;
        hasThrown = true;
      }
      // What cannot be copied is the caller's, who may change it while a promise is pending; then the value belongs to no key.
      this.isOfOthers ||= this.promised && !isUnchanged(this.id, this.call);
      return await carryOutAsync(hasThrown ? rescue(this, value) : conclude(this, value));
    } finally {
      stop?.();
    }
  }
}
