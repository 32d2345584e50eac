/** What an item does, written once for both kinds of store. */

import { CorruptItemError, isTempCacheError, MissingItemError, StoreError } from '../common/errors.ts';
import { describe } from '../common/describe.ts';
import type { MemoryTier } from '../memory/tier.ts';
import { readEither } from '../runs/manifest.ts';
import { checkCodec, EXPIRED, judgeAs, UNREAD, UNREADABLE, type NotFound, type Result } from '../records/outcome.ts';
import { labelOf, prepare } from './plan-save.ts';
import { paceOf, put, refuseTooLarge, take } from './put.ts';
import { reportCorrupt, reportFailure, reportMiss, reportSkip, reportUse } from './observe.ts';
import { collected, refuseGenerator, runsToRemove } from '../runs/items.ts';
import type { Site } from './context.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** One item: where it belongs, and the arguments of its call, from which its label is made. */
export interface ItemScope {
  readonly site: Site;
  readonly id: string;
  readonly args: readonly unknown[];
  /** The marks of that call, for its record. */
  readonly marks?: ((id: string) => Uint8Array) | undefined;
}

/** @throws MissingItemError, CorruptItemError, StoreError */
export function* load(scope: ItemScope): Steps<unknown> {
  const { id } = scope;
  const outcome = yield* use(scope);
  if (outcome.hit) return outcome.value;
  if (outcome.reason === 'corrupt') throw asCorrupt(outcome.error, id);
  throw new MissingItemError(outcome.reason === 'expired' ? 'expired' : 'absent', about(scope));
}

export function* tryLoad(scope: ItemScope, fallback: unknown): Steps<unknown> {
  const { site, id } = scope;
  try {
    const outcome = yield* use(scope);
    return outcome.hit ? outcome.value : fallback;
  } catch (error) {
    reportFailure(site, 'readFailed', { id, error });
    reportMiss(site, id, UNREADABLE);
    return fallback;
  }
}

/** A question, no use: it tells nothing but of a record that is corrupt. @throws StoreError */
export function* exists(scope: ItemScope): Steps<boolean> {
  const { site, id } = scope;
  const { settings, shared } = site;
  if (!settings.mayRead) return false;
  const parts = yield* guarded(scope, 'read', () => shared.store.get(id));
  const outcome = judgeAs(parts, id, { settings, read: checkCodec });
  if (!outcome.hit) reportCorrupt(site, id, outcome);
  return outcome.hit && outcome.status === 'hit';
}

/** @throws UnserializableError, EntryTooLargeError, StoreError */
export function* save(scope: ItemScope, value: unknown, lifetime: number): Steps<boolean> {
  const { site, id, args, marks } = scope;
  refuseGenerator(site, 'save()');
  if (!site.settings.maySave) {
    reportSkip(site, id, 'mode');
    return false;
  }
  const label = labelOf(site, args);
  const promised = site.promised || site.seenPromise;
  const terms = { id, label, computeMs: 0, lifetime, promised, marks: marks?.(id) };
  const record = prepare(site, value, terms);
  refuseTooLarge(site, record);
  yield* guardedSteps(scope, 'written', put(site, record, paceOf(site)));
  return true;
}

export function* trySave(scope: ItemScope, value: unknown, lifetime: number): Steps<boolean> {
  try {
    return yield* save(scope, value, lifetime);
  } catch (error) {
    reportFailure(scope.site, 'writeFailed', { id: scope.id, error });
    return false;
  }
}

/** @throws StoreError */
export function* remove(scope: ItemScope): Steps<boolean> {
  const { settings, shared } = scope.site;
  if (settings.mode === 'off') return false;
  const runs = yield* runsToRemove(scope.site, scope.id);
  return yield* guardedSteps(scope, 'deleted', take(shared, scope.id, runs));
}

/** Looks for the value, and tells what came of it. A cache that is off tells nothing. */
function* use(scope: ItemScope): Steps<Result | NotFound> {
  const { site, id } = scope;
  const outcome = yield* lookUp(scope);
  if (outcome.hit) reportUse(site, 'hit', id);
  else if (site.settings.mode !== 'off') reportMiss(site, id, outcome);
  return outcome;
}

function* lookUp(scope: ItemScope): Steps<Result | NotFound> {
  const { settings, shared } = scope.site;
  if (!settings.mayRead) return UNREAD;
  const outcome = shared.tier === undefined ? yield* lookInStore(scope) : yield* lookInTier(scope, shared.tier);
  if (!outcome.hit) return outcome;
  if (outcome.status === 'stale') return EXPIRED;
  return yield* collected(scope.site, scope.id, outcome);
}

function* lookInStore(scope: ItemScope): Steps<Result | NotFound> {
  const { settings, shared } = scope.site;
  const parts = yield* guarded(scope, 'read', () => shared.store.get(scope.id));
  return judgeAs(parts, scope.id, { settings, read: readEither });
}

function* lookInTier(scope: ItemScope, tier: MemoryTier): Steps<Result | NotFound> {
  const { site, id } = scope;
  const asked = yield* guarded(scope, 'read', () => tier.ask(site.settings, id));
  if (asked.hit !== undefined) return asked;
  const parts = yield* guarded(scope, 'read', () => site.shared.store.get(id));
  return tier.take(site.settings, id, { ticket: asked, parts, read: readEither });
}

/** @throws TempCacheError: what a store throws of another kind becomes the cause of a StoreError. */
export function* guarded<T>(scope: ItemScope, done: string, ask: () => T | Promise<T>): Steps<T> {
  return yield* guardedSteps(scope, done, asking(ask));
}

function* asking<T>(ask: () => T | Promise<T>): Steps<T> {
  return yield* step(ask());
}

/** @throws as `guarded` */
export function* guardedSteps<T>(scope: ItemScope, done: string, steps: Steps<T>): Steps<T> {
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

/** Anything can be thrown, and not all of it can be made a text. */
export function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return describe(thrown);
  }
}

/** For the details of an error. */
function about({ site, id }: ItemScope): { id: string; path: string | undefined } {
  return { id, path: site.shared.store.pathOf(id) };
}
