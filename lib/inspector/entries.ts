import { invalidArgument, isUnsafeFolder } from '../common/errors.ts';
import { isItemId } from '../common/ids.ts';
import { readName } from '../maintenance/clear.ts';
import { messageOf } from '../maintenance/record-check.ts';
import { lastUseOf, usesOf } from '../usage/last-use.ts';
import { checkOptions } from '../options/rows.ts';
import { readHead } from '../records/frame.ts';
import { endOf, isFresh } from '../records/freshness.ts';
import type { RecordHead } from '../records/head.ts';
import { bytesOfChunks, runsToRemove } from '../runs/items.ts';
import { carryOutSync, type Steps } from '../runtime/steps.ts';
import type { StoreEntry, PeekedRecord, SyncStore } from '../stores/store.ts';
import type { Source } from './source.ts';

/** What an entry of a cache says about itself. Times are ms since the epoch. */
export interface EntryInfo {
  readonly id: string;
  /** A value, all that one run of a generator gave, or a failure that is kept by the option `cacheErrors`. */
  readonly kind: 'value' | 'run' | 'error';
  /** The name of the function; an empty text for an item without one. */
  readonly name: string;
  /** The beginning of the digest of the function as it was: its text, its options, what it captured; an empty text for an item without one. */
  readonly identity: string;
  /** What the option `label` gave, or an empty text. */
  readonly label: string;
  readonly createdAt: number;
  /** When it expires for a cache like the one that saved it; `Infinity` for never. */
  readonly expiresAt: number;
  readonly expired: boolean;
  /** Until when a cache like the one that saved it may serve it past its age; `expiresAt` where it may not. */
  readonly staleUntil: number;
  /** The last use that the folder knows of: at least the last save. Coarse. */
  readonly lastUsedAt: number;
  /** Bytes on the disk, with all parts of the run of a generator. */
  readonly bytes: number;
  readonly serializer: string;
  readonly serializerVersion: number;
  /** Ms that the computation took; 0 for a value that was saved by hand. */
  readonly computeMs: number;
  /** Why the record is of no use. What could not be read is empty or 0 then. */
  readonly problem?: string;
}

/** What is known of an entry without reading its value; undefined where there is none. @throws UnsafeFolderError */
export function lookAt(source: Source, id: string): EntryInfo | undefined {
  let peeked: PeekedRecord | undefined;
  try {
    peeked = source.view.peek(id);
    if (peeked === undefined) return undefined;
    return infoOf(readHead(peeked.head, id), peeked, source);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return damaged(source.store, { id, size: peeked?.size, problem: messageOf(error) });
  }
}

/** What a good head says. */
export function infoOf(head: RecordHead, peeked: StoreEntry, source: Source): EntryInfo {
  const { id, name, identity, label, createdAt, serializer, serializerVersion, computeMs } = head;
  const isRun = head.kind === 'run';
  const problem = problemOf(head, peeked.size);
  return {
    id,
    kind: head.kind === 'error' ? 'error' : isRun ? 'run' : 'value',
    name,
    identity,
    label,
    createdAt,
    expiresAt: endOf(head, head.maxAge),
    expired: !isFresh(head, head.maxAge, source.clock()),
    staleUntil: head.keepUntil,
    lastUsedAt: lastUseOf({ uses: usesOf(source.store.scope) }, peeked),
    bytes: peeked.size + (isRun ? carryOutSync(chunkBytes(source.store, id)) : 0),
    serializer,
    serializerVersion,
    computeMs,
    ...(problem !== undefined && { problem }),
  };
}

/** What can be told of a record by its head and its size alone. */
function problemOf(head: RecordHead, size: number): string | undefined {
  if (head.kind === 'chunk' || head.kind === 'note') return `The record of ${head.id} is no entry`;
  const whole = head.length + head.payloadLength;
  return size === whole ? undefined : `The record of ${head.id} has ${size} bytes instead of ${whole}`;
}

/** The bytes of the parts of an item's run, and of the run before it, as far as they are there. @throws UnsafeFolderError */
function* chunkBytes(store: SyncStore, id: string): Steps<number> {
  return yield* bytesOfChunks(store, id, yield* runsToRemove(store, id));
}

interface Damage {
  readonly id: string;
  readonly size: number | undefined;
  readonly problem: string;
}

function damaged(store: SyncStore, { id, size, problem }: Damage): EntryInfo | undefined {
  const entry = store.stat(id);
  return {
    id,
    kind: 'value',
    name: '',
    identity: '',
    label: '',
    createdAt: 0,
    expiresAt: 0,
    expired: false,
    staleUntil: 0,
    lastUsedAt: entry?.lastUsedAt ?? 0,
    bytes: entry?.size ?? size ?? 0,
    serializer: '',
    serializerVersion: 0,
    computeMs: 0,
    problem,
  };
}

/** Which entries are meant. */
export interface EntryFilter {
  /** Those of the functions of this name; an empty text for items that no function made. */
  readonly name?: string;
}

/** How many ids `find` gives at most. */
const MOST_FOUND = 20;

/** What the entries say about themselves, as the iteration comes to them. */
export function listEntries(source: Source, filter: EntryFilter): Iterable<EntryInfo> {
  checkOptions(filter, ['name'], 'entries()');
  return entriesNamed(source, readName(filter.name, 'entries()'));
}

function* entriesNamed(source: Source, name: string | undefined): Generator<EntryInfo, void> {
  for (const id of source.view.ids()) {
    if (!isItemId(id)) continue;
    const info = lookAt(source, id);
    if (info !== undefined && (name === undefined || info.name === name)) yield info;
  }
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for anything but 4 to 64 hex characters */
export function findIds({ view }: Source, prefix: string): string[] {
  if (typeof prefix !== 'string' || !/^[0-9a-f]{4,64}$/i.test(prefix)) {
    throw invalidArgument(`An id is found by its first 4 or more hex characters, not by ${JSON.stringify(prefix)}`);
  }
  const found: string[] = [];
  for (const id of view.ids(prefix.toLowerCase())) {
    if (isItemId(id)) found.push(id);
    if (found.length === MOST_FOUND) break;
  }
  return found.sort();
}
