/** A call whose function is called: what it takes, and how it gives that back. */

import { isThenable } from '../common/kind.ts';
import type { InFlight } from '../runtime/in-flight.ts';
import { carryOutAsync, carryOutHere, carryOutSync, type Steps } from '../runtime/steps.ts';
import type { Finding, NotFound, Outcome } from '../records/outcome.ts';
import { CHANGED } from './begun.ts';
import { conclude, inTime, isAborted, rescue, start, type Ran } from './conclude.ts';
import type { Begun, Call, CallContext, Pending, Shared } from './context.ts';
import type { Tenure } from './leases.ts';
import { observe, observeError, observeMiss } from './observe.ts';
import type { Saved } from './save.ts';
import { shareValue } from './shared.ts';
import { hadRoom, type Place } from './stack-room.ts';
import { isStill, ownCall } from './unchanged.ts';

/**
 * One computation: `begin`, the function, then `finish`, with nothing of the cache but the caller of those on the stack meanwhile;
 * where it has to wait before the function is called, the rest comes in a promise. All that is asked of the store comes before
 * the function or after it, in steps. Whatever comes, it gives back its lease and its place among the calls in flight:
 * `requireRoom`, before it, leaves room for that.
 */
export class Computation implements Pending, Ran {
  readonly context: CallContext;
  readonly id: string;
  readonly inFlight: InFlight<Shared>;
  place: Place;
  lease: Tenure | undefined;
  /** The call with the arguments that the function is given. */
  call: Call;
  notFound: NotFound | undefined;
  fingerprints: Uint8Array | undefined;
  stop: () => number = () => 0;
  promised = false;
  isOfOthers = false;
  begunAt = 0;
  saved: Saved | undefined;
  controller: AbortController | undefined;

  constructor(context: CallContext, call: Call, terms: Pick<Computation, 'inFlight' | 'place'>) {
    this.context = context;
    this.call = call;
    this.id = terms.inFlight.id;
    terms.inFlight.owner = this;
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
    this.inFlight.attend(this.call.caller);
    try {
      const turn = this.place === 'onStack' ? carryOutSync(prepare) : carryOutHere(prepare);
      if (!('hasValue' in turn)) {
        this.call = ownCall(this.call);
        this.inFlight.share();
        return this.#endLater(this.#goOn(turn));
      }
      if (!turn.hasValue) {
        observeMiss(context, id, turn);
        start(this, turn);
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
    this.inFlight.attend(this.call.caller);
    try {
      if (!isStill(this.id, this.call)) throw CHANGED;
      return await this.#compute(notFound);
    } finally {
      this.stop();
      this.inFlight.end(() => undefined);
    }
  }

  /** Ends it while its function may still run. Others begin anew. */
  abort(reason: unknown): void {
    this.inFlight.end(() => undefined);
    void carryOutAsync(this.giveBack());
    this.controller?.abort(reason);
  }

  giveWay(): void {
    this.stop();
    if (this.lease !== undefined) void carryOutAsync(this.lease.giveBack());
  }

  /** Ends it; `give` makes what those who joined are given. */
  *giveBack(give: () => Shared = () => undefined): Steps<void> {
    this.stop();
    if (this.lease !== undefined) yield* this.lease.giveBack();
    this.inFlight.end(give);
    hadRoom(this.context, this.place);
  }

  /** After it has waited. Only a miss is observed: several may wait for the outcome. */
  async #goOn(turn: Promise<Finding>): Promise<Outcome> {
    const found = await turn;
    if (this.inFlight.hasEnded) throw this.call.caller?.reason;
    if (found.hasValue) return found;
    if (!isStill(this.id, this.call)) throw CHANGED;
    observeMiss(this.context, this.id, found);
    return this.#compute(found);
  }

  async #compute(notFound: NotFound): Promise<Outcome> {
    start(this, notFound);
    return this.#settle(this.inFlight.trace(Computation.#callFunction, this));
  }

  /** A thenable, which may begin to work only then, is waited for here. */
  static async #callFunction(computation: Computation): Promise<unknown> {
    const { fn, self, args } = computation.call;
    const answer: unknown = Reflect.apply(fn, self, args);
    computation.#answers(answer);
    return answer;
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
      if (!isAborted(this)) shared = () => shareValue(context, outcome, this.saved?.payload);
      if (this.call.caller?.isGone !== true) return observe(context, id, outcome);
      context.counts.addComputing(outcome.status === 'miss' ? outcome.computeMs : 0);
      return outcome;
    } catch (error) {
      if (error === CHANGED || this.call.caller?.isGone === true) throw error;
      shared = () => ({ error });
      return observeError(context, error);
    } finally {
      await carryOutAsync(this.giveBack(this.isOfOthers ? undefined : shared));
    }
  }

  async #settle(answer: unknown): Promise<Outcome> {
    this.lease?.renew();
    let ending: Steps<Outcome>;
    try {
      ending = conclude(this, await inTime(this, answer));
    } catch (thrown) {
      ending = rescue(this, thrown);
    }
    return carryOutAsync(ending);
  }
}
