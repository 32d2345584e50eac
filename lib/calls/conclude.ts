/** What becomes of what a function has given or thrown. */

import { computed, type NotFound, type Outcome } from '../records/outcome.ts';
import type { Steps } from '../runtime/steps.ts';
import type { Call, CallContext } from './context.ts';
import { forgetFailure, keepFailure } from './failures.ts';
import { isNoCache } from './no-cache.ts';
import { observeFailure, observeSkip } from './observe.ts';
import { save, type Computed, type Saved } from './save.ts';
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
  /** Says that the function has ended, and gives its share in the time, in ms. */
  readonly stop: () => number;
  /** Whether it has answered with a promise. */
  readonly promised: boolean;
  /** Whether it may have been given other arguments than those of the id. */
  readonly isOfOthers: boolean;
  /** What has become of the value. */
  saved: Saved | undefined;
}

/** Stores the value, unless it may be that of other arguments. */
export function* conclude(ran: Ran, value: unknown): Steps<Outcome> {
  const { context, id, promised, notFound } = ran;
  const terms = termsOf(ran);
  if (ran.isOfOthers) observeSkip(context, id, 'changed');
  else {
    ran.saved = yield* save(context, value, terms);
    yield* forgetFailure(context, id);
  }
  return computed(value, { promised, computeMs: terms.computeMs, reason: notFound?.reason });
}

/** What a function that threw gives after all: the value of a NoCache, or a value past its age. @throws what was thrown */
export function* rescue(ran: Ran, thrown: unknown): Steps<Outcome> {
  const { context, id, notFound } = ran;
  const terms = termsOf(ran);
  if (isNoCache(thrown)) {
    observeSkip(context, id, 'NoCache');
    return computed(thrown.value, { promised: false, computeMs: terms.computeMs, reason: notFound?.reason });
  }
  // A failure of other arguments is none of the id.
  if (!ran.isOfOthers) yield* keepFailure(context, thrown, terms);
  if (notFound?.fallback === undefined) throw thrown;
  observeFailure(context, 'refreshFailed', { id, error: thrown });
  return notFound.fallback;
}

function termsOf({ id, call: { args }, promised, fingerprints, stop, place }: Ran): Computed {
  const pace = place === 'onStack' ? 'at once' : 'in turns';
  return { id, args, promised, computeMs: stop(), fingerprints, pace };
}
