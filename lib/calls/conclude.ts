/** What becomes of what a function has given or thrown. */

import { performance } from 'node:perf_hooks';

import { computed, type NotFound, type Outcome } from '../records/outcome.ts';
import type { Steps } from '../runtime/steps.ts';
import type { Call, CallContext } from './context.ts';
import { isNoCache } from './no-cache.ts';
import { observeFailure, observeSkip } from './observe.ts';
import { save, type Saved } from './save.ts';
import type { Place } from './stack-room.ts';

/** A function that has run. */
export interface Ran {
  readonly context: CallContext;
  readonly id: string;
  readonly call: Call;
  /** Where it goes on; `'onStack'`: the thread stands still until it has ended. */
  readonly place: Place;
  readonly notFound: NotFound | undefined;
  /** Those of the arguments as they were before the function could change them. */
  readonly fingerprints: Uint8Array | undefined;
  readonly startedAt: number;
  /** Whether it has answered with a promise. */
  readonly promised: boolean;
  /** Whether it may have been given other arguments than those of the id. */
  readonly isOfOthers: boolean;
  /** What has become of the value. */
  saved: Saved | undefined;
}

/** Stores the value, unless it may be that of other arguments. */
export function* conclude(ran: Ran, value: unknown): Steps<Outcome> {
  const { context, id, promised, fingerprints, notFound } = ran;
  const computeMs = performance.now() - ran.startedAt;
  if (ran.isOfOthers) observeSkip(context, id, 'changed');
  else {
    const pace = ran.place === 'onStack' ? 'at once' : 'in turns';
    ran.saved = yield* save(context, value, { id, args: ran.call.args, promised, computeMs, fingerprints, pace });
  }
  return computed(value, { promised, computeMs, reason: notFound?.reason });
}

/** What a function that threw gives after all: the value of a NoCache, or a value past its age. @throws what was thrown */
export function rescue({ context, id, notFound, startedAt }: Ran, thrown: unknown): Outcome {
  if (isNoCache(thrown)) {
    observeSkip(context, id, 'NoCache');
    const computeMs = performance.now() - startedAt;
    return computed(thrown.value, { promised: false, computeMs, reason: notFound?.reason });
  }
  if (notFound?.fallback === undefined) throw thrown;
  observeFailure(context, 'refreshFailed', { id, error: thrown });
  return notFound.fallback;
}
