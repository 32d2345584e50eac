/** What is stored of the very call that is explained. */

import { performance } from 'node:perf_hooks';

import { tryHead } from '../../records/frame.ts';
import { faultOf } from '../../calls/examine.ts';
import { failureIdOf, keptFailure } from '../../calls/failures.ts';
import { restored } from '../../calls/stored-form.ts';
import { infoOf, type ItemInfo } from '../../calls/item-info.ts';
import { textOf } from '../../common/describe.ts';
import { readManifest } from '../../runs/manifest.ts';
import { timeLeft } from '../../records/freshness.ts';
import type { RecordHead } from '../../records/head.ts';
import { type Finding, judgeAs, type Outcome, readValue } from '../../records/outcome.ts';
import type { CallContext } from '../../calls/context.ts';
import { step, type Steps } from '../../runtime/steps.ts';
import { loadsSlower } from '../../stats/counters.ts';
import type { Computing, MissReason } from '../../common/events.ts';
import type { DifferingPart } from './compare.ts';
import { dismiss, remaining, savedInWords, serve } from './entry.ts';

/** What a call would be, and why: for people and for programs. */
export interface Explanation {
  /** What the call would be now, unless it is being computed at this moment; `'error'`: a failure that is kept is thrown again. */
  readonly status: 'hit' | 'stale' | 'miss' | 'error';
  /** Why it would be a miss, as `run` says it; undefined for what is none, and where the cache is off. */
  readonly reason: MissReason | undefined;
  /** All of it in words. */
  readonly message: string;
  /** In which parts the call differs from the nearest entry; empty where age or damage is the reason, or nothing is near. */
  readonly differs: readonly DifferingPart[];
  /** The entry of the call itself or, where there is none, the one of a function of the same name that differs least. */
  readonly nearest: ItemInfo | undefined;
  /** Who computes it at this moment; undefined where nobody does, and for a hit. */
  readonly computing?: Computing | undefined;
}

/** About what is stored of the call itself; undefined where nothing is. @throws UnsafeFolderError, what the store throws */
export function* lookAt(context: CallContext, id: string, args: readonly unknown[]): Steps<Explanation | undefined> {
  const found = yield* lookAtEntry(context, id, args);
  return found?.status === 'hit' || found?.status === 'stale' ? found : ((yield* lookAtFailure(context, id)) ?? found);
}

function* lookAtEntry(context: CallContext, id: string, args: readonly unknown[]): Steps<Explanation | undefined> {
  const { settings, backing } = context;
  const peeked = yield* step(backing.store.peek(id));
  const outcome = restored(context, yield* load(context, id), args);
  if (!outcome.hasValue && outcome.reason === 'absent') return undefined;
  const head = peeked && tryHead(peeked);
  const nearest = peeked && head && (yield* infoOf(context, head, peeked));
  if (outcome.hasValue) return yield* judgeEntry(context, outcome, { id, head, nearest });
  const { words, differs } = dismiss(head, outcome, settings);
  return miss(outcome.reason, words, { differs, nearest });
}

function* load({ settings, backing, generator }: CallContext, id: string): Steps<Finding> {
  const startedAt = performance.now();
  const parts = yield* step(backing.store.get(id));
  return judgeAs(parts, id, { settings, read: generator === undefined ? readValue : readManifest, startedAt });
}

/** Says so where a value takes longer to load than it took to compute. Of three loads the fastest counts. */
function* slowness(context: CallContext, id: string, { loadMs = 0, computeMs }: Outcome): Steps<string> {
  // What was saved by hand was not computed.
  if (computeMs === 0) return '';
  let fastest = loadMs;
  for (let more = 0; more < 2 && loadsSlower(fastest, computeMs); more++) {
    const again = yield* load(context, id);
    fastest = Math.min(fastest, again.hasValue ? (again.loadMs ?? 0) : 0);
  }
  if (!loadsSlower(fastest, computeMs)) return '';
  const [slow, fast] = [fastest, computeMs].map((ms) => `${Math.round(ms)} ms`);
  return ` It loads slower than it computes: in ${slow} instead of ${fast}.`;
}

/** What is known of an entry. */
interface Known {
  readonly id: string;
  readonly head: RecordHead | undefined;
  readonly nearest: ItemInfo | undefined;
}

/** About an entry that could be served, unless the option validate is against it. */
function* judgeEntry(context: CallContext, outcome: Outcome, { id, head, nearest }: Known): Steps<Explanation> {
  const { settings } = context;
  const fault = settings.validate && (yield* faultOf(context, outcome));
  const isLate = fault?.state === 'late' && (context.promised || outcome.promised);
  if (fault !== undefined && !isLate) {
    return miss('invalid', `the entry is not what validate lets pass (${textOf(fault.error)}).`, { nearest });
  }
  const late = isLate ? ' The promise of validate was not waited for.' : '';
  const message = serve(head, outcome, settings) + late + (yield* slowness(context, id, outcome));
  return { status: outcome.status === 'hit' ? 'hit' : 'stale', reason: undefined, message, differs: [], nearest };
}

/** About a failure of the call that is kept; undefined where there is none. */
function* lookAtFailure(context: CallContext, id: string): Steps<Explanation | undefined> {
  const { cacheErrors } = context.settings;
  const failure = yield* keptFailure(context, id);
  const peeked = failure && (yield* step(context.backing.store.peek(failureIdOf(id))));
  const head = peeked && tryHead(peeked);
  if (failure === undefined || peeked === undefined || head === undefined) return undefined;
  const now = context.settings.clock();
  const left = remaining(timeLeft(head, { maxAge: cacheErrors?.maxAge, grace: 0 }, now));
  const message = `It would throw ${textOf(failure.error)} again: kept by cacheErrors, ${savedInWords(head, now)}, ${left}.`;
  const nearest = yield* infoOf(context, head, peeked);
  return { status: 'error', reason: undefined, message, differs: [], nearest };
}

/** What a miss is explained by. */
export function miss(
  reason: MissReason | undefined,
  words: string,
  { differs = [], nearest }: Partial<Pick<Explanation, 'differs' | 'nearest'>> = {},
): Explanation {
  return { status: 'miss', reason, message: `It would be computed: ${words}`, differs, nearest };
}
