/** What becomes of calls is counted, noted as a use of a record, and told to listeners here, and nowhere else. */

import { timeInWords } from '../common/describe.ts';
import { isUnsafeFolder, isUnserializable } from '../common/errors.ts';
import type { SkipReason } from '../common/events.ts';
import { UNREADABLE, type NotFound, type Outcome } from '../records/outcome.ts';
import type { CallContext } from './context.ts';
import { warnOnce } from '../runtime/warnings.ts';
import { recordUse } from '../usage/last-use.ts';

/**
 * A call has its value: counts it. For a value that the call has found stored, notes the use and emits `hit`, `stale` or
 * `coalesced`; a call that computes or joins another has emitted its event when it began to.
 */
export function observe(context: CallContext, id: string, outcome: Outcome): Outcome {
  context.counts.add(outcome);
  if (outcome.foundAt !== undefined) observeUse(context, id, outcome);
  return outcome;
}

/** As {@link observe} for what is not a call, and not counted. */
export function observeUse(context: CallContext, id: string, { status, foundAt }: Outcome): void {
  recordUse(context, id, foundAt);
  const { events } = context.settings;
  if (status !== 'miss' && events.wants(status)) events.emit({ type: status, id, name: context.name });
}

/** A call begins to compute: emits `miss` and, before it, `corrupt` where the record could not be read. */
export function observeMiss(context: CallContext, id: string, found: NotFound): void {
  if (found.reason === 'corrupt') observeCorrupt(context, id, found);
  const { events } = context.settings;
  if (events.wants('miss')) events.emit({ type: 'miss', id, name: context.name, reason: found.reason });
}

/** Emits an event that says no more than what it is of. */
export function emit(
  { settings: { events }, name }: CallContext,
  type: 'hit' | 'coalesced' | 'save' | 'takeover',
  id: string,
): void {
  if (events.wants(type)) events.emit({ type, id, name });
}

/** A computed value is not stored: counts it, and emits `skip`. */
export function observeSkip(context: CallContext, id: string, reason: SkipReason): void {
  context.counts.addSkip();
  const { events } = context.settings;
  if (events.wants('skip')) events.emit({ type: 'skip', id, name: context.name, reason });
}

/** A call has failed: counts it. @throws the error */
export function observeError({ counts }: CallContext, error: unknown): never {
  counts.addError();
  throw error;
}

/**
 * A failure is swallowed: emits its event, and warns once of a folder that is not safe, in which nothing is ever stored. One of a
 * computation is counted as an error.
 */
export function observeFailure(
  { settings: { events }, counts, name, backing }: CallContext,
  type: 'readFailed' | 'writeFailed' | 'corrupt' | 'refreshFailed',
  { id, error }: { readonly id: string; readonly error: unknown },
): void {
  if (type === 'refreshFailed') counts.addError();
  else if (isUnsafeFolder(error)) warnOnce(backing.store.scope, error, { what: 'Cached calls compute each time' });
  if (events.wants(type)) events.emit({ type, id, name, error });
}

/** The value of a call cannot be stored: as {@link observeFailure}, and warns the first time for each function that refuses it. */
export function observeUnstored(context: CallContext, id: string, unstored: Unstored): void {
  const { error, computeMs } = unstored;
  const { name, backing } = context;
  if (isUnserializable(error)) {
    const what = `The value of ${name} is not stored, and computed again at every call, ${timeInWords(computeMs)} each`;
    warnOnce(backing.store.scope, error, { what, subject: `unstored ${name}` });
  }
  observeFailure(context, 'writeFailed', { id, error });
}

interface Unstored {
  readonly error: unknown;
  readonly computeMs: number;
}

/** Emits `corrupt` where a record that cannot be read is why there is no value. */
export function observeCorrupt(context: CallContext, id: string, { reason, error }: NotFound): void {
  if (reason === 'corrupt') observeFailure(context, 'corrupt', { id, error });
}

/** What a look comes to when the store has thrown. */
export function unreadable(context: CallContext, id: string, error: unknown): NotFound {
  observeFailure(context, 'readFailed', { id, error });
  return UNREADABLE;
}
