/**
 * Failures that are kept, by the option cacheErrors: each beside the item of its call, as an entry of its own, so that a value
 * which is too old for one reader stays for others, and may stand in.
 */

import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { isTempCacheError, UnserializableError } from '../common/errors.ts';
import { idOfValue } from '../keys/digest.ts';
import { type Failure, judgeAs, readFailure } from '../records/outcome.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { observeFailure, observeSkip } from './observe.ts';
import { isTooLarge, put } from './put.ts';
import { decides, labelOf } from './callbacks.ts';
import { type Computed, encodeValue, frame } from './save.ts';
import type { CallContext } from './context.ts';

/** The id of the failure of an item. */
export function failureIdOf(id: string): string {
  return hash('sha256', `failure of ${id}`, 'hex');
}

/** What the call of an id has thrown lately; undefined where nothing is kept. Never throws. */
export function* keptFailure(context: CallContext, id: string): Steps<Failure | undefined> {
  const { settings, backing } = context;
  const { cacheErrors, codec, clock } = settings;
  if (cacheErrors === undefined || !settings.mayRead) return undefined;
  const failureId = failureIdOf(id);
  try {
    const reader = { codec, clock, maxAge: cacheErrors.maxAge, grace: 0, staleWhileRevalidate: 0, staleIfError: 0 };
    const found = judgeAs(yield* step(backing.store.get(failureId)), failureId, {
      settings: reader,
      read: readFailure,
    });
    return found.hasValue ? { error: found.value, promised: found.promised } : undefined;
  } catch (error) {
    observeFailure(context, 'readFailed', { id: failureId, error });
    return undefined;
  }
}

/** Keeps what a call has thrown, where that is asked for and can be stored whole. Never throws. */
export function* keepFailure(context: CallContext, thrown: unknown, terms: Computed): Steps<void> {
  const { cacheErrors, maySave, codec } = context.settings;
  if (cacheErrors === undefined || !maySave || isOfTheCall(thrown)) return;
  const { args, pace } = terms;
  const id = failureIdOf(terms.id);
  const { when, maxAge: lifetime } = cacheErrors;
  try {
    if (when !== undefined && !decides(context, 'cacheErrors.when', () => when(thrown, ...args))) return;
    const payload = encodeValue(codec, thrown, id);
    if (!isSame(codec.decode(payload.encoding, payload.bytes), thrown)) {
      throw new UnserializableError(`The serializer "${codec.name}" does not give the failure back as it was`, { id });
    }
    const record = frame(context, payload, { ...terms, id, kind: 'error', label: labelOf(context, args), lifetime });
    if (isTooLarge(context, record.parts)) return observeSkip(context, id, 'maxEntryBytes');
    yield* put(context, record, pace);
  } catch (error) {
    observeFailure(context, 'writeFailed', { id, error });
  }
}

/** A value was stored, or the item is removed: what was thrown before is of no use any more. Never throws. */
export function* forgetFailure(context: CallContext, id: string): Steps<void> {
  if (context.settings.cacheErrors === undefined) return;
  try {
    yield* step(context.backing.store.delete(failureIdOf(id)));
  } catch {
    // It is thrown again until it is too old.
  }
}

/** In Jest what is decoded may be of another realm; a key is the same there, and an instance of a class has none. */
function isSame(copy: unknown, thrown: unknown): boolean {
  if (isDeepStrictEqual(copy, thrown)) return true;
  try {
    const [one, other] = [copy, thrown].map((value) => idOfValue(NO_PREFIX, value, { root: 'value' }));
    return one === other;
  } catch {
    return false;
  }
}

const NO_PREFIX = new Uint8Array(0);

/** An abort is the will of one caller, and an error of this package tells of the cache. */
function isOfTheCall(thrown: unknown): boolean {
  if (isTempCacheError(thrown)) return true;
  try {
    return (thrown as { readonly name?: unknown } | null | undefined)?.name === 'AbortError';
  } catch {
    return true;
  }
}
