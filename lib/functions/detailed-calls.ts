/** What the property `cache` of a function does with calls: with all that is known of them, or whatever is stored. */

import type { CallStatus, Outcome } from '../records/outcome.ts';
import { beginRefresh } from '../calls/refresh.ts';
import { begin, valueOf } from '../calls/run.ts';
import type { Call } from '../calls/context.ts';
import type { MissReason } from '../common/events.ts';
import type { CachedCalls } from './cached-calls.ts';
import { openedRun, refreshedRun } from './generators.ts';

/** A value, and how a call came to it. */
export interface CallOutcome<T = unknown> {
  readonly value: T;
  /**
   * `'hit'`: served fresh; `'stale'`: served past its age; `'miss'`: computed; `'coalesced'`: given what another call, here
   * or in another process, was computing.
   */
  readonly status: CallStatus;
  /**
   * Why it had to be computed: nothing is stored, what is has expired or cannot be used, or the cache does not read at all
   * (its mode is `'refresh'`). Undefined for every other status, where the cache is off, and where the arguments of a
   * generator were changed before it began. `explain` says more.
   */
  readonly reason: MissReason | undefined;
  /** Ms since the value was saved; 0 for one that was computed for this call. */
  readonly age: number;
  /** The id of the item; an empty text where the cache is off, which makes no key. */
  readonly id: string;
}

/** A call and how it came to its value; in a promise wherever the call would give one. */
export function runDetailed(calls: CachedCalls, call: Call): CallOutcome | Promise<CallOutcome> {
  if (calls.generator !== undefined) return openedRun(calls.generatorCall(call));
  return calls.make(begin, call, toOutcome);
}

/** What the function gives now, stored, whatever was stored; nothing of a generator, which is run to its end. */
export function refresh(calls: CachedCalls, call: Call): unknown {
  if (calls.generator !== undefined) return refreshedRun(calls.generatorCall(call));
  return calls.make(beginRefresh, call, valueOf);
}

function toOutcome({ value, status, reason, age }: Outcome, id: string): CallOutcome {
  return { value, status, reason, age, id };
}
