import { chunkIdOf } from '../runs/chunks.ts';
import { runsOf } from '../runs/manifest.ts';
import { isUnsafeFolder } from '../common/errors.ts';
import { readHead } from '../records/frame.ts';
import { endOf, isFresh } from '../records/freshness.ts';
import type { RecordHead } from '../records/head.ts';
import type { Parts, StoreEntry, StoreGlimpse, SyncStore } from '../stores/store.ts';
import { lastUseOf, type Source } from './source.ts';

/** What an entry of a cache says about itself. Times are ms since the epoch. */
export interface EntryInfo {
  readonly id: string;
  /** A value, or all that one run of a generator gave. */
  readonly kind: 'value' | 'run';
  /** The name of the function; an empty text for an item without one. */
  readonly name: string;
  /** What the option `label` gave, or an empty text. */
  readonly label: string;
  readonly createdAt: number;
  /** When it expires for a cache like the one that saved it; `Infinity` for never. */
  readonly expiresAt: number;
  readonly expired: boolean;
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
  let glimpse: StoreGlimpse | undefined;
  try {
    glimpse = source.view.peek(id);
    if (glimpse === undefined) return undefined;
    return infoOf(readHead(glimpse.head, id), glimpse, source);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return damaged(source.store, { id, size: glimpse?.size, problem: messageOf(error) });
  }
}

/** What a good head says. */
export function infoOf(head: RecordHead, glimpse: StoreEntry, source: Source): EntryInfo {
  const { id, name, label, createdAt, serializer, serializerVersion, computeMs } = head;
  const isRun = head.kind === 'run';
  const problem = problemOf(head, glimpse.size);
  return {
    id,
    kind: isRun ? 'run' : 'value',
    name,
    label,
    createdAt,
    expiresAt: endOf(head, head.maxAge),
    expired: !isFresh(head, head.maxAge, source.clock()),
    lastUsedAt: lastUseOf(source, glimpse),
    bytes: glimpse.size + (isRun ? chunkBytes(source.store, id) : 0),
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

/** The bytes of the parts of an item's run, and of the run before it, as far as they are there. */
export function chunkBytes(store: SyncStore, id: string): number {
  let bytes = 0;
  for (const chunkId of chunkIdsOf(store, id)) bytes += store.stat(chunkId)?.size ?? 0;
  return bytes;
}

/** The parts that go with an item's run, whether they are there or not. None where the run cannot be read. */
export function* chunkIdsOf(store: SyncStore, id: string): Generator<string, void> {
  const runs = runsOf(tryGet(store, id), id);
  if (runs === undefined) return;
  for (const { token, chunks } of [runs, runs.former]) {
    for (let index = 0; index < chunks; index++) yield chunkIdOf({ id, token, index });
  }
}

/** @throws UnsafeFolderError */
function tryGet(store: SyncStore, id: string): Parts | undefined {
  try {
    return store.get(id);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return undefined;
  }
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
    label: '',
    createdAt: 0,
    expiresAt: 0,
    expired: false,
    lastUsedAt: entry?.lastUsedAt ?? 0,
    bytes: entry?.size ?? size ?? 0,
    serializer: '',
    serializerVersion: 0,
    computeMs: 0,
    problem,
  };
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return (error as Error | undefined)?.message ?? String(error);
}
