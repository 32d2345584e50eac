/** What a function is given, and what becomes of what it gives or throws. */

import { signalsIn, withSignal } from '../common/signals.ts';
import { computed, type NotFound, type Outcome } from '../records/outcome.ts';
import { newController } from '../runtime/caller.ts';
import { computing } from '../runtime/shared-time.ts';
import { carryOutAsync, type Steps } from '../runtime/steps.ts';
import { within } from '../runtime/timers.ts';
import type { Call, CallContext } from './context.ts';
import { isUnchanged, ownCall } from './unchanged.ts';
import { forgetFailure, keepFailure } from './failures.ts';
import { isNoCache } from './no-cache.ts';
import { observeFailure, observeSkip } from './observe.ts';
import { save, type Computed, type Saved } from './save.ts';
import type { Place } from './stack-room.ts';
import { isOutdated, tookTooLong } from './time-limits.ts';
import { tellUnstored } from './waiting.ts';

/** A function that runs. */
export interface Ran {
  readonly context: CallContext;
  readonly id: string;
  /** The call with the arguments that the function is given. */
  call: Call;
  /** Aborts the signal of the function, where it is given one. */
  controller: AbortController | undefined;
  /** Where it goes on; `'onStack'`: the thread stands still until it has ended. */
  readonly place: Place;
  notFound: NotFound | undefined;
  /** Those of the arguments as they were before the function could change them. */
  fingerprints: Uint8Array | undefined;
  /** Says that the function has ended, and gives its share in the time, in ms. */
  stop: () => number;
  /** Whether it has answered with a promise. */
  readonly promised: boolean;
  /** Whether it may have been given other arguments than those of the id. */
  isOfOthers: boolean;
  /** When the function was called, in ms since the epoch. */
  begunAt: number;
  /** What has become of the value. */
  saved: Saved | undefined;
}

/** The function is called next. In the place of the signals of its caller it is given one of its own. */
export function start(ran: Ran, notFound: NotFound): void {
  const { context, id, place } = ran;
  const { caller } = ran.call;
  ran.notFound = notFound;
  // One that has always answered at once is given the very arguments: its caller cannot change them meanwhile.
  if (place === 'inPromises' || !context.seenValue || caller !== undefined) ran.call = ownCall(ran.call);
  if (caller !== undefined) {
    ran.controller = newController();
    ran.call = { ...ran.call, args: withSignal(ran.call.args, ran.controller.signal) };
  }
  if (context.settings.maySave) ran.fingerprints = ran.call.fingerprints?.(id, ran.call);
  ran.stop = computing.begin();
  ran.begunAt = context.settings.clock();
}

/** Whether a signal has told the function to end: then it may have given half of its value. */
export function isAborted({ call: { caller, args } }: Ran): boolean {
  return caller !== undefined && signalsIn(args)?.some(({ aborted }) => aborted) === true;
}

/** What a function gives, unless that takes too long; then it may still be stored. @throws ComputeTimeoutError */
export async function inTime(ran: Ran, answer: unknown): Promise<unknown> {
  const { computeTimeout } = ran.context.settings;
  if (computeTimeout === Infinity || !ran.promised) return answer;
  // The `then` of what is no promise may be called once.
  const given = Promise.resolve(answer);
  return within(given, computeTimeout, () => {
    const error = tookTooLong(ran.context, ran.id);
    ran.controller?.abort(error);
    void given.then((value) => carryOutAsync(conclude(ran, value))).catch(() => undefined);
    throw error;
  });
}

/** What cannot be copied is the caller's, who may change it while a promise is pending; then what comes of it belongs to no key. */
function isOfOthers(ran: Ran): boolean {
  return (ran.isOfOthers ||= ran.promised && !isUnchanged(ran.id, ran.call));
}

/** Stores the value, unless it may be that of other arguments, or half of it, or an older one than is stored. */
export function* conclude(ran: Ran, value: unknown): Steps<Outcome> {
  const { context, id, promised, notFound } = ran;
  const terms = termsOf(ran);
  if (isOfOthers(ran)) observeSkip(context, id, 'changed');
  else if (isAborted(ran)) observeSkip(context, id, 'aborted');
  else if (yield* isOutdated(context, id, ran.begunAt)) observeSkip(context, id, 'late');
  else {
    ran.saved = yield* save(context, value, terms);
    yield* forgetFailure(context, id);
  }
  if (ran.saved?.isStored !== true && !isAborted(ran)) yield* tellUnstored(context, id, ran.begunAt);
  return computed(value, { promised, computeMs: terms.computeMs, reason: notFound?.reason });
}

/** What a function that threw gives after all: the value of a NoCache, or a value past its age. @throws what was thrown */
export function* rescue(ran: Ran, thrown: unknown): Steps<Outcome> {
  const { context, id, notFound } = ran;
  const terms = termsOf(ran);
  const isKept = !isOfOthers(ran) && !isAborted(ran);
  if (isNoCache(thrown)) {
    observeSkip(context, id, 'NoCache');
    if (isKept) yield* tellUnstored(context, id, ran.begunAt);
    return computed(thrown.value, { promised: false, computeMs: terms.computeMs, reason: notFound?.reason });
  }
  // A failure of other arguments is none of the id, and one that a signal has brought about is none of the function.
  if (isKept) yield* keepFailure(context, thrown, terms);
  if (notFound?.fallback === undefined || ran.call.caller?.isGone === true) throw thrown;
  observeFailure(context, 'refreshFailed', { id, error: thrown });
  return notFound.fallback;
}

function termsOf({ id, call: { args }, promised, fingerprints, stop, place }: Ran): Computed {
  const pace = place === 'onStack' ? 'at once' : 'in turns';
  return { id, args, promised, computeMs: stop(), fingerprints, pace };
}
