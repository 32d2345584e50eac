/** What an item does, written once for both kinds of store. */

import { CorruptItemError, isTempCacheError, MissingItemError, StoreError } from '../errors.ts';
import { readHead } from '../records/frame.ts';
import { endOf } from '../records/freshness.ts';
import type { RecordHead } from '../records/head.ts';
import type { StoreGlimpse } from '../stores/store.ts';
import { describe } from '../values/describe.ts';
import type { MemoryTier } from './memory-tier.ts';
import { readEither } from './manifest.ts';
import { ABSENT, EXPIRED, judgeAs, judgeRecord, UNREAD, type NotFound, type Result } from './plan.ts';
import { labelOf, prepare } from './plan-save.ts';
import { removeChunks } from './recorder.ts';
import { report, reportFailure, reportMiss, reportSkip } from './report.ts';
import { collected, refuseGenerator, runsToRemove } from './run-items.ts';
import type { Site } from './site.ts';
import { step, type Steps } from './steps.ts';

/** One item: where it belongs, and the arguments of its call, from which its label is made. */
export interface ItemScope {
  readonly site: Site;
  readonly id: string;
  readonly args: readonly unknown[];
}

/** What is known of an item without reading its value. Times are ms since the epoch. */
export interface ItemInfo {
  readonly id: string;
  /** The name of the function; an empty string for an item without one. */
  readonly name: string;
  /** What the option `label` gave, or an empty string. */
  readonly label: string;
  readonly createdAt: number;
  /** When it expires for this cache; `Infinity` for never. */
  readonly expiresAt: number;
  /** The last use that the store knows of: at least the last save. Coarse. */
  readonly lastUsedAt: number;
  /** Bytes of the whole record. */
  readonly bytes: number;
  /** The name of the serializer. */
  readonly serializer: string;
  /** Ms that the computation took; 0 for a value that was saved by hand. */
  readonly computeMs: number;
}

/** @throws MissingItemError, CorruptItemError, StoreError */
export function* load(scope: ItemScope): Steps<unknown> {
  const { site, id } = scope;
  const outcome = yield* lookUp(scope);
  if (outcome.hit) {
    report(site, 'hit', id);
    return outcome.value;
  }
  if (outcome.reason === 'corrupt') throw asCorrupt(outcome.error, id);
  throw new MissingItemError(outcome.reason === 'expired' ? 'expired' : 'absent', about(scope));
}

export function* tryLoad(scope: ItemScope, fallback: unknown): Steps<unknown> {
  const { site, id } = scope;
  try {
    const outcome = yield* lookUp(scope);
    if (!outcome.hit) reportMiss(site, id, outcome);
    else report(site, 'hit', id);
    return outcome.hit ? outcome.value : fallback;
  } catch (error) {
    reportFailure(site, 'readFailed', { id, error });
    return fallback;
  }
}

export function* exists(scope: ItemScope): Steps<boolean> {
  const { settings, shared } = scope.site;
  if (!settings.mayRead) return false;
  const parts = yield* guarded(scope, 'read', () => shared.store.get(scope.id));
  return judgeRecord(parts, scope.id, settings);
}

/** @throws UnserializableError, StoreError */
export function* save(scope: ItemScope, value: unknown, lifetime: number): Steps<boolean> {
  const { site, id, args } = scope;
  refuseGenerator(site, 'save()');
  if (!site.settings.maySave) {
    reportSkip(site, id, 'mode');
    return false;
  }
  const label = labelOf(site, args);
  const promised = site.promised || site.seenPromise;
  const { parts, hints } = prepare(site, value, { id, label, computeMs: 0, lifetime, promised });
  yield* guarded(scope, 'written', () => site.shared.store.set(id, parts, hints));
  report(site, 'save', id);
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
  const removed = yield* guarded(scope, 'deleted', () => shared.store.delete(scope.id));
  for (const run of runs) yield* removeChunks(shared.store, scope.id, run);
  return removed;
}

/** @throws StoreError */
export function* info(scope: ItemScope): Steps<ItemInfo | undefined> {
  const { settings, shared } = scope.site;
  if (settings.mode === 'off') return undefined;
  const glimpse = yield* guarded(scope, 'read', () => shared.store.peek(scope.id));
  const head = glimpse ? tryHead(glimpse) : undefined;
  return glimpse && head ? describeItem(head, glimpse, settings.maxAge) : undefined;
}

/** The head of what a store showed of a record, or undefined when it is not a good one. */
export function tryHead(glimpse: StoreGlimpse): RecordHead | undefined {
  try {
    return readHead(glimpse.head, glimpse.id);
  } catch {
    return undefined;
  }
}

function describeItem(head: RecordHead, glimpse: StoreGlimpse, maxAge: number): ItemInfo {
  const { id, name, label, createdAt, serializer, computeMs } = head;
  const expiresAt = endOf(head, maxAge);
  return {
    id,
    name,
    label,
    createdAt,
    expiresAt,
    lastUsedAt: glimpse.lastUsedAt,
    bytes: glimpse.size,
    serializer,
    computeMs,
  };
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
  const found = yield* guarded(scope, 'read', () => tier.find(site.settings, id));
  if (found !== undefined) return found;
  const ticket = yield* guarded(scope, 'read', () => tier.begin(id));
  if (ticket === undefined) return ABSENT;
  const parts = yield* guarded(scope, 'read', () => site.shared.store.get(id));
  return tier.take(site.settings, id, { ticket, parts, read: readEither });
}

/** @throws TempCacheError: what a store throws of another kind becomes the cause of a StoreError. */
function* guarded<T>(scope: ItemScope, done: string, ask: () => T | Promise<T>): Steps<T> {
  try {
    return yield* step(ask());
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
function textOf(thrown: unknown): string {
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
