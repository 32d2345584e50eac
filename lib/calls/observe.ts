/** What becomes of calls is counted, noted as a use of a record, and told to listeners here, and nowhere else. */

import { timeInWords } from '../common/describe.ts';
import { isTempCacheError, isUnsafeFolder, isUnserializable, type TempCacheError } from '../common/errors.ts';
import type { SkipReason } from '../common/events.ts';
import { UNREADABLE, type NotFound, type Outcome } from '../records/outcome.ts';
import type { CallContext } from './context.ts';
import { perScope } from '../runtime/per-store.ts';
import { warnOnce, type WarningTerms } from '../runtime/warnings.ts';
import { classesInWords } from './classes-in-words.ts';
import { recordUse } from '../usage/last-use.ts';

/**
 * A call has its value: counts it. For a value that the call has found stored, notes the use and emits `hit`, `stale` or
 * `coalesced`; a call that computes or joins another has emitted its event when it began to.
 */
export function observe(context: CallContext, id: string, outcome: Outcome): Outcome {
  context.counts.add(outcome);
  context.settings.debug?.call(context, id, outcome);
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
export function observeError(context: CallContext, error: unknown): never {
  context.counts.addError();
  context.settings.debug?.failure(context, error);
  throw error;
}

/**
 * A failure is swallowed: emits its event, and warns once of a store that fails, where nobody listens, and of a folder that is not
 * safe, in which nothing is ever stored. One of a computation is counted as an error.
 */
export function observeFailure(
  context: CallContext,
  type: FailureType,
  { id, error }: { readonly id: string; readonly error: unknown },
): void {
  const isHeard = emitFailure(context, type, { id, error });
  if (type === 'refreshFailed') context.counts.addError();
  else if (isUnsafeFolder(error)) warn(context, error, { what: 'Cached calls compute each time' });
  else if (!isHeard && type !== 'corrupt' && isTempCacheError(error)) {
    warn(context, error, { what: UNHEARD[type], subject: `${type} ${error.code}` });
  }
}

const UNHEARD = {
  readFailed: 'A cache cannot be read, and calls compute',
  writeFailed: 'A value is not stored, and computed again at the next call',
} as const;

/** Whether anybody listens. */
function emitFailure(
  { settings: { events }, name }: CallContext,
  type: FailureType,
  { id, error }: { readonly id: string; readonly error: unknown },
): boolean {
  const isHeard = events.wants(type);
  if (isHeard) events.emit({ type, id, name, error });
  return isHeard;
}

type FailureType = 'readFailed' | 'writeFailed' | 'corrupt' | 'refreshFailed';

function warn({ backing, settings }: CallContext, error: TempCacheError, terms: WarningTerms): void {
  if (settings.warnings) warnOnce(backing.store.scope, error, terms);
}

/** The value of a call cannot be stored: as {@link observeFailure}, and warns the first time for each function that refuses it. */
export function observeUnstored(context: CallContext, id: string, unstored: Unstored): void {
  const { error, computeMs, value } = unstored;
  const { name } = context;
  context.counts.addUnstored();
  if (!isUnserializable(error)) return observeFailure(context, 'writeFailed', { id, error });
  refusedOf(context.backing.store.scope).set(name, error.message);
  const what = `The value of ${name} is not stored, and computed again at every call, ${timeInWords(computeMs)} each`;
  warn(context, error, { what, subject: `unstored ${name}`, more: () => classesInWords(value) });
  emitFailure(context, 'writeFailed', { id, error });
}

interface Unstored {
  readonly error: unknown;
  readonly computeMs: number;
  readonly value: unknown;
}

/** Why values were refused last in this thread, by the names of their functions. */
const refusedOf = perScope(() => new Map<string, string>());

/** Why a value of this function was refused last in this thread, if one was. */
export function refusal({ backing, name }: CallContext): string | undefined {
  return refusedOf(backing.store.scope).get(name);
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
