import type { InFlightCalls } from '../runtime/in-flight.ts';
import { perScope } from '../runtime/per-store.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { within } from '../runtime/timers.ts';
import { UNREAD, type Finding } from '../records/outcome.ts';
import { uncachedMiss } from './begun.ts';
import { isReady } from './ready.ts';
import { compute, join, joinTo } from './run.ts';
import type { Call, CallContext, Shared, Begun } from './context.ts';

/** Kept apart from the calls: those that come meanwhile are served what is stored, and no failure of a refresh. */
const refreshesOf: (scope: string | object) => InFlightCalls<Shared> = perScope(() => new Map());

/**
 * Computes and stores now, whatever is stored. Those who ask for the same while it runs share it. A computation that a
 * call has begun before is waited for, so that its value, the older one, is not stored last.
 */
export function beginRefresh(context: CallContext, id: string, call: Call): Begun {
  const { store, inFlight } = context.backing;
  const refreshes = refreshesOf(store.scope);
  const joined = joinTo(refreshes, id, { call, way: beginRefresh });
  if (joined !== undefined) return join(context, id, joined);
  if (!isReady(context, id)) return uncachedMiss(context, id, UNREAD);
  const earlier = inFlight.get(id)?.join(call.caller);
  const terms = { call, way: beginRefresh, leaders: refreshes, waits: earlier !== undefined };
  return compute(context, id, { ...terms, prepare: () => waitFor(earlier, context.settings.waitTimeout) });
}

function* waitFor(earlier: Promise<unknown> | undefined, timeout: number): Steps<Finding> {
  yield* step(earlier && within(earlier, timeout, () => undefined));
  return UNREAD;
}
