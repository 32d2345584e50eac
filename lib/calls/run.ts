/** The way of a call: from the arguments to its value, or to a computation. */

import { InFlight } from '../runtime/in-flight.ts';
import { computing } from '../runtime/shared-time.ts';
import { carryOutSync, type Steps } from '../runtime/steps.ts';
import { ABSENT, computed, type Failure, type Finding, type NotFound, type Outcome } from '../records/outcome.ts';
import { acquire, coalesced } from './acquire.ts';
import { CHANGED, Computation } from './compute.ts';
import { examine } from './examine.ts';
import { lookUp } from './lookup.ts';
import { emit, observe, observeError, observeSkip } from './observe.ts';
import { isReady } from './ready.ts';
import { refreshInBackground } from './refresh-in-background.ts';
import { requireRoom } from './stack-room.ts';
import { UNCACHED, uncachedMiss, type Pending } from './uncached.ts';
import type { Call, CallContext } from './context.ts';

/** What a call comes to before its function is called: an outcome, or that there is none yet. */
export type Begun = Outcome | Promise<Outcome> | Pending;

/** A call that goes on after its place in the store was looked at. */
interface Begin extends Looked {
  /** Whether it answers with a promise whatever comes of it. */
  readonly answersLater: boolean;
}

/** A call whose place in the store was looked at. */
interface Looked<F extends Finding = Finding> {
  readonly call: Call;
  readonly found: F;
}

/**
 * The stored value, or that it is to be computed: once for all callers that ask meanwhile, in this thread and in others. It is
 * pending only over a store that answers at once, of a function that is not known to answer with a promise.
 *
 * @throws RangeError
 */
export function begin(context: CallContext, id: string, call: Call): Begun {
  const { inFlight, store } = context.backing;
  const joined = inFlight.size > 0 ? join(context, id, call) : undefined;
  if (joined !== undefined) return joined;
  const answersLater = context.promised || store.kind === 'async';
  let found: Finding | Promise<Finding>;
  try {
    found = lookUp(context, id, answersLater);
    if (context.settings.examines) found = examine(context, id, found);
  } catch (error) {
    return observeError(context, error);
  }
  if ('hasValue' in found) return goOn(context, id, { call, found, answersLater });
  return found.then(
    (later) => goOn(context, id, { call, found: later, answersLater: true }) as Outcome | Promise<Outcome>,
    (error: unknown) => observeError(context, error),
  );
}

function goOn(context: CallContext, id: string, { call, found, answersLater }: Begin): Begun {
  if (found.hasValue) {
    observe(context, id, found);
    if (found.status === 'stale') refreshInBackground(context, id, call);
    return found;
  }
  if (found.failure !== undefined) return failAgain(context, id, found.failure);
  if (!isReady(context, id)) {
    const pending = uncachedMiss(context, id, found);
    return answersLater ? carryThrough(pending, call) : pending;
  }
  return answersLater || context.seenPromise
    ? computeInPromise(context, id, { call, found })
    : computeOnStack(context, id, { call, found });
}

/** @throws what the function has thrown lately; in a promise where that came out of one */
function failAgain(context: CallContext, id: string, { error, promised }: Failure): Promise<Outcome> {
  emit(context, 'hit', id);
  if (!promised && !context.promised) return observeError(context, error);
  context.counts.addError();
  return Promise.reject<Outcome>(error);
}

/** On the stack. */
function computeOnStack(context: CallContext, id: string, { call, found }: Looked<NotFound>): Outcome | Computation {
  requireRoom(context, 'onStack');
  const inFlight = new InFlight(context.backing.inFlight, id);
  const computation = new Computation(context, call, { inFlight, place: 'onStack' });
  try {
    const turn = carryOutSync(acquire(computation, found));
    if (!turn.hasValue) return computation.enter(turn);
    carryOutSync(computation.giveBack());
    return observe(context, id, turn);
  } catch (error) {
    carryOutSync(computation.giveBack());
    return observeError(context, error);
  }
}

/** In a promise, for all callers that ask meanwhile, in this thread and, by a lease, in others. */
function computeInPromise(context: CallContext, id: string, { call, found }: Looked<NotFound>): Promise<Outcome> {
  const { inFlight } = context.backing;
  // Another call may have begun to compute while the store was asked.
  const joined = inFlight.size > 0 ? join(context, id, call) : undefined;
  if (joined !== undefined) return joined;
  requireRoom(context, 'inPromises');
  const computation = new Computation(context, call, { inFlight: new InFlight(inFlight, id), place: 'inPromises' });
  return lead(computation, { call, found, prepare: acquire(computation, found) });
}

/** What a computation in a promise begins with. */
interface Lead extends Looked<NotFound> {
  readonly prepare: Steps<Finding>;
}

/** Computes for those who join, and observes what comes of it for the first of them. */
export function lead(computation: Computation, { call, found, prepare }: Lead): Promise<Outcome> {
  const { context, id, inFlight } = computation;
  return inFlight.share(computation.run(prepare)).then(
    (outcome) => observe(context, id, outcome),
    (error: unknown) => (error === CHANGED ? computeAlone(context, id, { call, found }) : observeError(context, error)),
  );
}

/** What a call in flight will give, or undefined where there is none to wait for. */
function join(context: CallContext, id: string, call: Call): Promise<Outcome> | undefined {
  const result = context.backing.inFlight.get(id)?.join();
  // The one that is joined may turn out to be of other arguments.
  return result && joinTo(context, id, { result, again: () => computeInPromise(context, id, { call, found: ABSENT }) });
}

/** How another call is joined. */
interface Joined {
  readonly result: Promise<Outcome>;
  /** For when the result is not that of the id. */
  readonly again: () => Promise<Outcome>;
}

/** Waits for another call, and observes what comes of it for this one. */
export function joinTo(context: CallContext, id: string, { result, again }: Joined): Promise<Outcome> {
  emit(context, 'coalesced', id);
  return result.then(
    (outcome) =>
      outcome.changed === true ? again() : observe(context, id, { ...coalesced(outcome), foundAt: undefined }),
    (error: unknown) => (error === CHANGED ? again() : observeError(context, error)),
  );
}

/** For arguments that are not those of the id any more; the value is for this caller alone. */
async function computeAlone(context: CallContext, id: string, { call, found }: Looked<NotFound>): Promise<Outcome> {
  observeSkip(context, id, 'changed');
  const begun = computing.begin();
  let outcome: Outcome | undefined;
  let computeMs = 0;
  try {
    outcome = await carryThrough(UNCACHED, call);
  } catch (error) {
    return observeError(context, error);
  } finally {
    computeMs = computing.end(begun);
  }
  return observe(context, id, computed(outcome.value, { promised: true, computeMs, reason: found.reason }));
}

/** Calls the function of a call. Those of cached functions are called by themselves, a frame nearer to their caller. */
export function carryThrough(begun: Begun, call: Call): Outcome | Promise<Outcome> {
  if (!('finish' in begun)) return begun;
  let value: unknown;
  let hasThrown = false;
  try {
    value = Reflect.apply(call.fn, call.self, call.args);
  } catch (thrown) {
    value = thrown;
    hasThrown = true;
  }
  return begun.finish(value, hasThrown);
}

/** What the caller of a function that may be synchronous gets: what the function itself would have answered with. */
export function answerOf(outcome: Outcome | Promise<Outcome>): unknown {
  if (!('hasValue' in outcome)) return outcome.then(valueOf);
  return outcome.promised ? Promise.resolve(outcome.value) : outcome.value;
}

export function valueOf(outcome: Outcome): unknown {
  return outcome.value;
}
