/** What an item does, written once for both kinds of store. */

import { CorruptItemError, isTempCacheError, MissingItemError, StoreError } from '../common/errors.ts';
import { textOf } from '../common/describe.ts';
import { readEither } from '../runs/manifest.ts';
import { checkKind, EXPIRED, judgeAs, UNREADABLE, type Finding } from '../records/outcome.ts';
import { collected, refuseGenerator, runsToRemove } from '../runs/items.ts';
import { step, type Steps } from '../runtime/steps.ts';
import type { Parts } from '../stores/store.ts';
import { lookUpInSteps } from './lookup.ts';
import { observeCorrupt, observeFailure, observeMiss, observeSkip, observeUse } from './observe.ts';
import { paceOf, put, refuseTooLarge, removeEntry } from './put.ts';
import { labelOf, lifetimeOf } from './callbacks.ts';
import { forgetFailure } from './failures.ts';
import { validated } from './examine.ts';
import { encodeValue, frame } from './save.ts';
import { restored, storedForm } from './stored-form.ts';
import type { CallContext } from './context.ts';

/** One item: where it belongs, and the arguments of its call, from which its label is made. */
export interface ItemScope {
  readonly context: CallContext;
  readonly id: string;
  readonly args: readonly unknown[];
  /** The fingerprints of that call, for its record. */
  readonly fingerprints?: ((id: string) => Uint8Array) | undefined;
}

/** @throws MissingItemError, CorruptItemError, StoreError */
export function* load(scope: ItemScope): Steps<unknown> {
  const found = yield* use(scope);
  if (found.hasValue) return found.value;
  if (found.reason === 'corrupt') throw asCorrupt(found.error, scope.id);
  const { reason } = found;
  throw new MissingItemError(reason === 'expired' || reason === 'invalid' ? reason : 'absent', about(scope));
}

export function* tryLoad(scope: ItemScope, fallback: unknown): Steps<unknown> {
  const { context, id } = scope;
  try {
    const found = yield* use(scope);
    return found.hasValue ? found.value : fallback;
  } catch (error) {
    observeFailure(context, 'readFailed', { id, error });
    observeMiss(context, id, UNREADABLE);
    return fallback;
  }
}

/** A question, no use: it emits nothing but `corrupt`. @throws StoreError */
export function* exists(scope: ItemScope): Steps<boolean> {
  const { context, id } = scope;
  const { settings, backing } = context;
  if (!settings.mayRead) return false;
  const parts = yield* guarded(
    scope,
    'read',
    asking(() => backing.store.get(id)),
  );
  const found = yield* judged(scope, parts);
  if (!found.hasValue) observeCorrupt(context, id, found);
  return found.hasValue && found.status === 'hit';
}

/** The value is decoded only where there is more to ask of it than its age. */
function* judged({ context, id, args }: ItemScope, parts: Parts | undefined): Steps<Finding> {
  const { settings } = context;
  if (settings.validate === undefined) return judgeAs(parts, id, { settings, read: checkKind });
  return yield* validated(context, id, restored(context, judgeAs(parts, id, { settings, read: readEither }), args));
}

/** @throws UnserializableError, EntryTooLargeError, StoreError */
export function* save(scope: ItemScope, value: unknown, lifetime: number | undefined): Steps<boolean> {
  const { context, id, args, fingerprints } = scope;
  refuseGenerator(context, 'save()');
  if (!context.settings.maySave) {
    observeSkip(context, id, 'mode');
    return false;
  }
  const lives = lifetime ?? lifetimeOf(context, value, args);
  if (lives === 0 && lifetime === undefined) {
    observeSkip(context, id, 'maxAge');
    return false;
  }
  const label = labelOf(context, args);
  const promised = context.promised || context.seenPromise;
  const terms = { id, label, computeMs: 0, lifetime: lives, promised, fingerprints: fingerprints?.(id) };
  const pace = paceOf(context);
  const form = yield* storedForm(context, value, { args, pace });
  const record = frame(context, encodeValue(context.settings.codec, form, id), terms);
  refuseTooLarge(context, record);
  yield* guarded(scope, 'written', put(context, record, pace));
  yield* forgetFailure(context, id);
  return true;
}

export function* trySave(scope: ItemScope, value: unknown, lifetime: number | undefined): Steps<boolean> {
  try {
    return yield* save(scope, value, lifetime);
  } catch (error) {
    observeFailure(scope.context, 'writeFailed', { id: scope.id, error });
    return false;
  }
}

/** @throws StoreError */
export function* remove(scope: ItemScope): Steps<boolean> {
  const { settings, backing } = scope.context;
  if (settings.mode === 'off') return false;
  const runs = yield* runsToRemove(backing.store, scope.id);
  yield* forgetFailure(scope.context, scope.id);
  return yield* guarded(scope, 'deleted', removeEntry(backing, scope.id, runs));
}

/** Looks for the value, and observes what comes of it. A cache that is off tells nothing. */
function* use(scope: ItemScope): Steps<Finding> {
  const { context, id } = scope;
  const found = yield* lookUp(scope);
  if (found.hasValue) observeUse(context, id, found);
  else if (context.settings.mode !== 'off') observeMiss(context, id, found);
  return found;
}

function* lookUp(scope: ItemScope): Steps<Finding> {
  const { context, id } = scope;
  const stored = yield* guarded(
    scope,
    'read',
    lookUpInSteps(context, id, { read: readEither, tier: context.backing.tier }),
  );
  const form = restored(context, stored, scope.args);
  const found = context.settings.validate === undefined ? form : yield* validated(context, id, form);
  if (!found.hasValue) return found;
  if (found.status === 'stale') return EXPIRED;
  return yield* collected({ store: context.backing.store, codec: context.settings.codec }, id, found);
}

/** As steps, for {@link guarded}. */
export function* asking<T>(ask: () => T | Promise<T>): Steps<T> {
  return yield* step(ask());
}

/** @throws TempCacheError: what a store throws of another kind becomes the cause of a StoreError. */
export function* guarded<T>(scope: ItemScope, done: string, steps: Steps<T>): Steps<T> {
  try {
    return yield* steps;
  } catch (cause) {
    if (isTempCacheError(cause)) throw cause;
    throw new StoreError(`Item ${scope.id} could not be ${done}: ${textOf(cause)}`, { ...about(scope), cause });
  }
}

function asCorrupt(error: unknown, id: string): CorruptItemError {
  if (error instanceof CorruptItemError) return error;
  return new CorruptItemError(`The store gave something for ${id} that is no record`, { id, cause: error });
}

/** For the details of an error. */
function about({ context, id }: ItemScope): { id: string; path: string | undefined } {
  return { id, path: context.backing.store.pathOf(id) };
}
