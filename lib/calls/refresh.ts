import { InFlight, type InFlightCalls } from '../runtime/in-flight.ts';
import { perScope } from '../runtime/per-store.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { UNREAD, type Finding, type Outcome } from '../records/outcome.ts';
import { Computation } from './compute.ts';
import { isReady } from './ready.ts';
import { carryThrough, joinTo, lead } from './run.ts';
import { requireRoom } from './stack-room.ts';
import { uncachedMiss } from './uncached.ts';
import type { Begun, Call, CallContext } from './context.ts';

/** Kept apart from the calls: those that come meanwhile are served what is stored, and no failure of a refresh. */
const refreshesOf: (scope: string | object) => InFlightCalls<Outcome> = perScope(() => new Map());

/**
 * Computes and stores now, whatever is stored. Those who ask for the same while it runs share it. A computation that a
 * call has begun before is waited for, so that its value, the older one, is not stored last.
 */
export function beginRefresh(context: CallContext, id: string, call: Call): Begun {
  const { store, inFlight } = context.backing;
  const refreshes = refreshesOf(store.scope);
  const joined = refreshes.get(id)?.join();
  if (joined !== undefined) {
    const again = async (): Promise<Outcome> => carryThrough(beginRefresh(context, id, call), call);
    return joinTo(context, id, { result: joined, again });
  }
  const earlier = inFlight.get(id)?.join();
  const answersLater = context.promised || context.seenPromise || store.kind === 'async';
  const place = answersLater || earlier !== undefined ? 'inPromises' : 'onStack';
  if (!isReady(context, id)) return uncachedMiss(context, id, UNREAD);
  requireRoom(context, place);
  const computation = new Computation(context, call, { inFlight: new InFlight(refreshes, id), place });
  if (place === 'inPromises') return lead(computation, { call, found: UNREAD, prepare: waitFor(earlier) });
  return computation.enter(UNREAD);
}

function* waitFor(earlier: Promise<Outcome> | undefined): Steps<Finding> {
  yield* step(earlier?.catch(() => undefined));
  return UNREAD;
}
