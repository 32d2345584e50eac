/** The way of a call: from the arguments to its value, or to a computation. */

import { ABSENT, type Failure, type Finding, type Outcome } from '../records/outcome.ts';
import { InFlight, type InFlightCalls } from '../runtime/in-flight.ts';
import type { Steps } from '../runtime/steps.ts';
import { within } from '../runtime/timers.ts';
import { acquire, coalesced } from './acquire.ts';
import { beginAgain, carryThrough, CHANGED, uncachedMiss, type Way } from './begun.ts';
import { Computation } from './compute.ts';
import { examine } from './examine.ts';
import { lookUp } from './lookup.ts';
import { emit, observe, observeError, observeMiss } from './observe.ts';
import { isReady } from './ready.ts';
import { refreshInBackground } from './refresh-in-background.ts';
import { requireRoom } from './stack-room.ts';
import type { Call, CallContext, Shared, Begun } from './context.ts';
import { ownCall } from './unchanged.ts';

/** A call whose place in the store was looked at. */
interface Looked {
  readonly call: Call;
  readonly found: Finding;
}

/**
 * The stored value, or that it is to be computed: once for all callers that ask meanwhile, in this thread and in others. Over a
 * store that answers at once the function is to be called in the very turn of the call, unless another call computes the same.
 *
 * @throws RangeError
 */
export function begin(context: CallContext, id: string, call: Call): Begun {
  const { inFlight, store } = context.backing;
  const joined = inFlight.size > 0 ? joinTo(inFlight, id, { call, way: begin }) : undefined;
  if (joined !== undefined) return join(context, id, joined);
  let found: Finding | Promise<Finding>;
  try {
    found = lookUp(context, id, context.promised || store.kind === 'async');
    if (context.settings.examines) found = examine(context, id, { found, args: call.args });
  } catch (error) {
    return observeError(context, error);
  }
  return 'hasValue' in found
    ? goOn(context, id, { call, found })
    : goOnLater(context, id, { found, call: ownCall(call) });
}

async function goOnLater(
  context: CallContext,
  id: string,
  { found, call }: { readonly found: Promise<Finding>; readonly call: Call },
): Promise<Outcome> {
  let looked: Looked;
  try {
    looked = { call, found: await found };
  } catch (error) {
    return observeError(context, error);
  }
  if (call.caller?.isGone === true) throw call.caller.reason;
  // Another call may have begun to compute while the store was asked.
  const joined = looked.found.hasValue ? undefined : joinTo(context.backing.inFlight, id, { call, way: begin });
  if (joined !== undefined) return join(context, id, joined);
  return carryThrough(goOn(context, id, looked), call);
}

function goOn(context: CallContext, id: string, { call, found }: Looked): Begun {
  if (found.hasValue) {
    observe(context, id, found);
    if (found.status === 'stale') refreshInBackground(context, id, call);
    return found;
  }
  if (found.failure !== undefined) return failAgain(context, id, found.failure);
  const anew = isReady(context, id) ? call.beginAnew?.(call) : uncachedMiss(context, id, found);
  if (anew !== undefined) return anew;
  return compute(context, id, { call, way: begin, prepare: (computation) => acquire(computation, found) });
}

/** @throws what the function has thrown lately; in a promise where that came out of one */
function failAgain(context: CallContext, id: string, { error, promised }: Failure): Promise<Outcome> {
  emit(context, 'hit', id);
  if (!promised && !context.promised) return observeError(context, error);
  context.counts.addError();
  return Promise.reject<Outcome>(error);
}

/** How a call computes. */
interface Computing {
  readonly call: Call;
  /** How the call begins anew. */
  readonly way: Way;
  readonly prepare: (computation: Computation) => Steps<Finding>;
  /** Default: those of the cache. */
  readonly leaders?: InFlightCalls<Shared>;
  /** Whether the function is called in a promise although it may answer at once. */
  readonly waits?: boolean;
}

/** Begins to compute. @throws RangeError where there is too little room on the stack */
export function compute(context: CallContext, id: string, computing: Computing): Begun {
  const { call, way, leaders = context.backing.inFlight } = computing;
  const { promised, seenPromise, backing } = context;
  const answersLater = promised || seenPromise || backing.store.kind === 'async' || computing.waits === true;
  const place = answersLater ? 'inPromises' : 'onStack';
  requireRoom(context, place);
  const computation = new Computation(context, call, { inFlight: new InFlight(leaders, id), place });
  const begun = computation.begin(computing.prepare(computation));
  if (!('then' in begun)) return begun;
  return begun.catch((error: unknown) => {
    if (error !== CHANGED) throw error;
    return beginAgain(context, id, { call: computation.call, way });
  });
}

/** A call, and how it begins anew. */
interface Calling {
  readonly call: Call;
  readonly way: Way;
}

/** Where a call waits for another that computes the same. */
interface Joining extends Calling {
  readonly leader: InFlight<Shared>;
  readonly joined: Promise<Shared>;
}

/** Joins the call that computes the same; undefined where there is none to wait for. */
export function joinTo(leaders: InFlightCalls<Shared>, id: string, { call, way }: Calling): Joining | undefined {
  const leader = leaders.get(id);
  const joined = leader?.join(call.caller);
  return leader && joined && { leader, joined, call, way };
}

/** Waits for another call, for as long as is to be waited, and observes what comes of it for this one. */
export async function join(context: CallContext, id: string, { leader, joined, call, way }: Joining): Promise<Outcome> {
  const own = ownCall(call);
  let isLate = false;
  const shared = (await within(joined, context.settings.waitTimeout, () => {
    isLate = true;
    leader.giveWay();
  })) as Shared;
  if (call.caller?.isGone === true) throw call.caller.reason;
  if (shared === undefined) return beginAgain(context, id, { call: own, way, isLate });
  if ('error' in shared) {
    emit(context, 'coalesced', id);
    return observeError(context, shared.error);
  }
  let value: unknown;
  try {
    value = shared.valueFor(context, own.args);
  } catch {
    return shared.turns.carryOut(async () => computeBeside(context, id, { call: own, way }));
  }
  emit(context, 'coalesced', id);
  return observe(context, id, { ...coalesced(shared.outcome), value, foundAt: undefined });
}

/** For one caller alone. */
async function computeBeside(context: CallContext, id: string, terms: Calling): Promise<Outcome> {
  const { call } = terms;
  observeMiss(context, id, ABSENT);
  try {
    const inFlight = new InFlight(context.backing.inFlight, id);
    const computation = new Computation(context, call, { inFlight, place: 'inPromises' });
    return observe(context, id, await computation.computeBeside(ABSENT));
  } catch (error) {
    return error === CHANGED ? beginAgain(context, id, terms) : observeError(context, error);
  }
}

/** What the caller of a function that may be synchronous gets: what the function itself would have answered with. */
export function answerOf(outcome: Outcome | Promise<Outcome>): unknown {
  if (!('hasValue' in outcome)) return outcome.then(valueOf);
  return outcome.promised ? Promise.resolve(outcome.value) : outcome.value;
}

export function valueOf(outcome: Outcome): unknown {
  return outcome.value;
}
