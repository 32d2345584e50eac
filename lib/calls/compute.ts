/** A call whose function is called: what it takes, what becomes of the value, and how it gives back what it has taken. */

import { clearInterval, setInterval } from 'node:timers';

import { isThenable } from '../common/kind.ts';
import type { InFlight } from '../runtime/in-flight.ts';
import { computing } from '../runtime/shared-time.ts';
import { carryOutAsync, carryOutSync, type Steps } from '../runtime/steps.ts';
import { computed, EXPIRED, type Finding, type NotFound, type Outcome } from '../records/outcome.ts';
import { forgetFailure, keepFailure } from './failures.ts';
import { release, RENEWAL, type Lease } from './leases.ts';
import { isNoCache } from './no-cache.ts';
import { observe, observeError, observeFailure, observeMiss, observeSkip } from './observe.ts';
import { type Computed, save } from './save.ts';
import { hadRoom, type Place } from './stack-room.ts';
import type { Call, CallContext } from './context.ts';

/** Thrown instead of a value: an argument was changed while the store was asked. Told by its identity: to ask more may throw. */
export const CHANGED: Error = new Error('The arguments have changed while the store was asked');

/**
 * One computation. On the stack it is `enter`, the function, then `finish`: nothing of the cache but the caller of those stands
 * on the stack meanwhile. In a promise it is `run`. All that is asked of the store comes before the function or after it.
 * Whatever comes, it gives back its lease and its place among the calls in flight: `requireRoom` comes before it is made.
 */
export class Computation {
  readonly context: CallContext;
  readonly id: string;
  readonly inFlight: InFlight<Outcome>;
  /** Where it goes on; `'onStack'`: the thread stands still until it has ended. */
  place: Place;
  /** What gives the right to compute, once it is had. */
  lease: Lease | undefined;
  readonly #call: Call;
  #notFound: NotFound | undefined;
  /** Those of the arguments as they were before the function could change them. */
  #fingerprints: Uint8Array | undefined;
  /** Where the share of the function in the time begins; undefined before it is called. */
  #begun: number | undefined;
  #computeMs = 0;
  /** Whether the function has answered with a promise. */
  #promised = false;

  constructor(context: CallContext, call: Call, { inFlight, place }: Pick<Computation, 'inFlight' | 'place'>) {
    this.context = context;
    this.id = inFlight.id;
    this.inFlight = inFlight;
    this.place = place;
    this.#call = call;
  }

  /** Nothing was found: the function is called next, by the one who calls this. */
  enter(notFound: NotFound): this {
    observeMiss(this.context, this.id, notFound);
    this.#start(notFound);
    this.inFlight.enter();
    return this;
  }

  /**
   * The function has answered with a value or has thrown one.
   *
   * @throws what the function has thrown, unless there is a value all the same
   */
  finish(value: unknown, hasThrown: boolean): Outcome | Promise<Outcome> {
    this.inFlight.leave();
    if (!hasThrown && isThenable(value)) return this.#becomePromise(value);
    try {
      const outcome = carryOutSync(hasThrown ? this.#rescue(value) : this.#conclude(value));
      return observe(this.context, this.id, outcome);
    } catch (error) {
      return observeError(this.context, error);
    } finally {
      carryOutSync(this.giveBack());
    }
  }

  /** Prepares, and computes unless that has found a value. Only a miss is observed: several may wait for the outcome. */
  async run(prepare: Steps<Finding>): Promise<Outcome> {
    try {
      const found = await carryOutAsync(prepare);
      if (found.hasValue) return found;
      observeMiss(this.context, this.id, found);
      return await this.#settle(this.inFlight.trace(Computation.#callFunction, this, found));
    } finally {
      await carryOutAsync(this.giveBack());
    }
  }

  /** Computes in the place of a value that is served meanwhile, which is no miss. It has no lease of its own. */
  async replace(): Promise<Outcome> {
    try {
      return await this.#settle(this.inFlight.trace(Computation.#callFunction, this, EXPIRED));
    } finally {
      this.#stop();
      this.inFlight.end();
    }
  }

  /** Ends it. */
  *giveBack(): Steps<void> {
    this.#stop();
    const { store } = this.context.backing;
    if (this.lease !== undefined) yield* release(store, this.lease);
    this.inFlight.end();
    hadRoom(this.context, this.place);
  }

  /** In a promise also where the function answers at once; a thenable, which may begin to work only then, is waited for here. */
  static async #callFunction(computation: Computation, notFound: NotFound): Promise<unknown> {
    const call = computation.#call;
    if (computation.#hasChanged()) throw CHANGED;
    computation.#start(notFound);
    const answer: unknown = Reflect.apply(call.fn, call.self, call.args);
    computation.#promised = isThenable(answer);
    if (computation.#promised) computation.context.seenPromise = true;
    return answer;
  }

  #start(notFound: NotFound): void {
    this.#notFound = notFound;
    if (this.context.settings.maySave) this.#fingerprints = this.#call.fingerprints?.(this.id, this.#call);
    this.#begun = computing.begin();
  }

  /** The function has ended, or is not waited for any more: ms that it took. */
  #stop(): number {
    if (this.#begun !== undefined) this.#computeMs = computing.end(this.#begun);
    this.#begun = undefined;
    return this.#computeMs;
  }

  /** From now on the call is one that answers with a promise. */
  #becomePromise(answer: PromiseLike<unknown>): Promise<Outcome> {
    const { context, id, inFlight } = this;
    this.place = 'inPromises';
    this.#promised = true;
    context.seenPromise = true;
    return inFlight.shareLate(this.#finishLater(answer)).then(
      (outcome) => observe(context, id, outcome),
      (error: unknown) => observeError(context, error),
    );
  }

  async #finishLater(answer: PromiseLike<unknown>): Promise<Outcome> {
    try {
      return await this.#settle(answer);
    } finally {
      await carryOutAsync(this.giveBack());
    }
  }

  async #settle(answer: PromiseLike<unknown>): Promise<Outcome> {
    const { lease } = this;
    const renewal = lease && setInterval(() => void lease.renew(), RENEWAL).unref();
    try {
      let value: unknown;
      try {
        value = await answer;
      } catch (thrown) {
        return await carryOutAsync(this.#rescue(thrown));
      }
      return await carryOutAsync(this.#conclude(value));
    } finally {
      clearInterval(renewal);
    }
  }

  /** Stores the value, unless it is that of other arguments by now. */
  *#conclude(value: unknown): Steps<Outcome> {
    const terms = this.#terms();
    const { promised, computeMs } = terms;
    const outcome = computed(value, { promised, computeMs, reason: this.#notFound?.reason });
    if (promised && this.#hasChanged()) {
      observeSkip(this.context, this.id, 'changed');
      return { ...outcome, changed: true };
    }
    yield* save(this.context, value, terms);
    yield* forgetFailure(this.context, this.id);
    return outcome;
  }

  #terms(): Computed {
    const [promised, args, fingerprints] = [this.#promised, this.#call.args, this.#fingerprints];
    const computeMs = this.#stop();
    const pace = this.place === 'onStack' ? 'at once' : 'in turns';
    return { id: this.id, args, promised, computeMs, fingerprints, pace };
  }

  /** What a function that threw gives after all: the value of a NoCache, or a value past its age. @throws what was thrown */
  *#rescue(thrown: unknown): Steps<Outcome> {
    const { context, id } = this;
    const { fallback, reason } = this.#notFound ?? {};
    if (isNoCache(thrown)) {
      observeSkip(context, id, 'NoCache');
      const computeMs = this.#stop();
      return computed(thrown.value, { promised: false, computeMs, reason });
    }
    // A failure of other arguments is none of the id.
    if (thrown !== CHANGED && (!this.#promised || !this.#hasChanged()))
      yield* keepFailure(context, thrown, this.#terms());
    if (thrown === CHANGED || fallback === undefined) throw thrown;
    observeFailure(context, 'refreshFailed', { id, error: thrown });
    return fallback;
  }

  /** The arguments are the caller's, who may change them while a promise is pending; then the value belongs to no key. */
  #hasChanged(): boolean {
    return this.#call.isStill?.(this.id, this.#call) === false;
  }
}
