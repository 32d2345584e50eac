/** What the property `cache` of a function does with calls: with all that is known of them, or whatever is stored. */

import { answer, isResult, valueOf } from '../calls/answer.ts';
import type { CallStatus, Result } from '../records/outcome.ts';
import { refreshNow } from '../calls/refresh-now.ts';
import { runAsync } from '../calls/run-async.ts';
import { runSync } from '../calls/run-sync.ts';
import type { Work } from '../calls/context.ts';
import type { MissReason } from '../common/events.ts';
import { isThenable } from '../common/thenable.ts';
import { computeUncached, isSync, type CachedCalls, type Way } from './cached-calls.ts';
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
   * generator were changed before it began. For the reason behind the reason see `explain`.
   */
  readonly reason: MissReason | undefined;
  /** Ms since the value was saved; 0 for one that was computed for this call. */
  readonly age: number;
  /** The id of the item; an empty text where the cache is off, which makes no key. */
  readonly id: string;
}

/** A call and how it came to its value; in a promise wherever the call would give one. */
export function runDetailed(calls: CachedCalls, work: Work): CallOutcome | Promise<CallOutcome> {
  const { site } = calls;
  if (site.generator !== undefined) return openedRun(calls.generatorCall(work));
  if (site.settings.mode === 'off') {
    const value = computeUncached(site, work);
    return isThenable(value) ? (value as Promise<unknown>).then(uncached) : uncached(value);
  }
  if (!isSync(site)) return later(calls, runAsync as Way, work);
  if (site.promised) return later(calls, runSync as Way, work);
  const id = calls.idOf(work.self, work.args);
  const result = calls.go(runSync as Way, id, work);
  if (!isResult(result)) return result.then((settled) => toOutcome(settled, id));
  return result.promised ? Promise.resolve(toOutcome(result, id)) : toOutcome(result, id);
}

/** What the function gives now, stored, whatever was stored; nothing of a generator, which is run to its end. */
export function refresh(calls: CachedCalls, work: Work): unknown {
  const { site } = calls;
  if (site.generator !== undefined) return refreshedRun(calls.generatorCall(work));
  if (site.settings.mode === 'off') return computeUncached(site, work);
  if (!isSync(site) || site.promised) return calls.goLater(refreshNow, work).then(valueOf);
  return answer(calls.go(refreshNow, calls.idOf(work.self, work.args), work));
}

async function later(calls: CachedCalls, way: Way, work: Work): Promise<CallOutcome> {
  const id = calls.idOf(work.self, work.args);
  return toOutcome(await calls.go(way, id, work), id);
}

function toOutcome({ value, status, reason, age }: Result, id: string): CallOutcome {
  return { value, status, reason, age, id };
}

function uncached(value: unknown): CallOutcome {
  return { value, status: 'miss', reason: undefined, age: 0, id: '' };
}
