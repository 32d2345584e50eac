/** Makes what the cache sees of what a user has written. */

import { each, type Steps } from '../runtime/steps.ts';
import {
  asBoolean,
  asBytes,
  asCounts,
  asPeeked,
  asStampNumber,
  asStat,
  asSwept,
  copyOf,
  headOf,
  ignore,
  join,
} from './answers.ts';
import { Asked } from './asked.ts';
import { countersInRecords } from './counters-in-records.ts';
import type { StoreDefinition } from './definition.ts';
import { Grants } from './grants.ts';
import { HEAD_BYTES, savedAtOf } from './store.ts';
import type {
  AsyncStore,
  CountersOf,
  PeekedRecord,
  Stamp,
  Store,
  StoreEntry,
  StoreKind,
  StoreMembers,
  StoreOf,
  SweepResult,
  SyncStore,
} from './store.ts';

const NOTHING_SWEPT: SweepResult = { leftovers: 0, bytes: 0 };

/**
 * Derives what a definition leaves out, so that the cache sees nothing optional:
 *
 * | left out | in its place |
 * | --- | --- |
 * | `scope` | the definition itself: it alone leads to these records |
 * | `lease` | leases within this thread |
 * | `head` | the whole record is read, which says itself when it was saved |
 * | `head.touch` | nothing: the last save counts as the last use |
 * | `head.stamp` | nothing: values in memory are served for a second without a look |
 * | `counters` | counters in records; limits are held by listings |
 * | `files` | no path, and a sweep that finds nothing |
 *
 * Bytes are copied on the way in and on the way out, so nothing is shared with the store. Every failure is a StoreError.
 */
export function completeStore<K extends StoreKind>(definition: StoreDefinition<K>): StoreOf<K> {
  const { kind } = definition;
  const asked = new Asked<K>(definition, kind);
  // Not by spreading it: that would ask for the name of the holder, which takes longer to find out than many hits.
  const members = membersOf(asked);
  const store: unknown = Object.assign(members, kind === 'sync' ? lookUpNow(asked) : lookUpLater(asked));
  const counters = definition.counters === undefined ? countersInRecords(store as Store) : countersOf(asked);
  return Object.assign(store as StoreOf<K>, { counters });
}

function countersOf<K extends StoreKind>(asked: Asked<K>): CountersOf<K> {
  const { counters } = asked.definition;
  return {
    add: (group, deltas) =>
      asked.carry(asked.ask({ member: 'counters.add' }, () => counters?.add(group, deltas), ignore)),
    read: (group) => asked.carry(asked.ask({ member: 'counters.read' }, () => counters?.read(group), asCounts)),
    reset: (group) => asked.carry(asked.ask({ member: 'counters.reset' }, () => counters?.reset(group), ignore)),
  };
}

function lookUpNow(asked: Asked<StoreKind>): Pick<SyncStore, 'get' | 'entries'> {
  return {
    get(id) {
      const bytes = asked.askNow({ member: 'get', id }, (store) => store.get(id), asBytes);
      return bytes && copyOf(bytes);
    },
    entries: (prefix) => asked.entriesNow(prefix),
  };
}

function lookUpLater(asked: Asked<StoreKind>): Pick<AsyncStore, 'get' | 'entries'> {
  return {
    async get(id) {
      const bytes = await asked.askLater({ member: 'get', id }, (store) => store.get(id), asBytes);
      return bytes && copyOf(bytes);
    },
    entries: (prefix) => asked.entriesLater(prefix),
  };
}

/** All members but those that are written once for each kind. */
function membersOf<K extends StoreKind>(asked: Asked<K>): Omit<StoreMembers<K>, 'entries' | 'counters'> {
  const { definition } = asked;
  const { head, files, counters, scope = definition } = definition;
  const grants = new Grants(asked, scope);
  let closing: unknown;
  return {
    kind: asked.kind,
    scope,
    path: files?.path,
    stamps: asked.kind === 'sync' && head?.stamp !== undefined,
    get holder() {
      return grants.holder;
    },
    ids: () => undefined,
    pathOf: (id) => pathOf(files, id),
    stamp: (id) => stamp(asked, head, id),
    peek: (id) => asked.carry(peek(asked, head, id)),
    stat: (id) => asked.carry(stat(asked, head, id)),
    touch: (id, at) => asked.carry(asked.ask({ member: 'head.touch', id }, () => head?.touch?.(id, at), ignore)),
    set: (id, parts, { expiresAt }) =>
      asked.carry(asked.ask({ member: 'set', id }, (store) => store.set(id, join(parts), { expiresAt }), ignore)),
    delete: (id) => asked.carry(remove(asked, id)),
    clear: (keep) => asked.carry(clear(asked, keep)),
    destroy: () => asked.carry(destroy(asked, counters)),
    sweep: (ms) =>
      asked.carry(asked.ask({ member: 'files.sweep' }, () => files?.sweep?.(ms) ?? NOTHING_SWEPT, asSwept)),
    lease: (id, ttl) => asked.carry(grants.lease(id, ttl)),
    heldBy: (id) => asked.carry(grants.heldBy(id)),
    close: () =>
      (closing ??= asked.carry(asked.close(() => grants.releaseAll()))) as ReturnType<StoreMembers<K>['close']>,
  };
}

type Head = StoreDefinition['head'];

function pathOf(files: StoreDefinition['files'], id: string): string | undefined {
  try {
    const path: unknown = files?.pathOf?.(id);
    return typeof path === 'string' ? path : undefined;
  } catch {
    // It is asked for where errors are described, which must not make another one.
    return undefined;
  }
}

function stamp(asked: Asked<StoreKind>, head: Head, id: string): Stamp | undefined {
  const file = asked.askNow({ member: 'head.stamp', id }, () => head?.stamp?.(id), asStampNumber);
  return file === undefined ? undefined : { file, changedAt: 0, size: 0, isCertain: true };
}

function* peek(asked: Asked<StoreKind>, head: Head, id: string): Steps<PeekedRecord | undefined> {
  if (head !== undefined) {
    const peeked = yield* asked.ask({ member: 'head.peek', id }, () => head.peek(id, HEAD_BYTES), asPeeked);
    return peeked && { id, ...peeked };
  }
  const bytes = yield* whole(asked, id);
  return bytes && { id, size: bytes.byteLength, lastUsedAt: savedAtOf(bytes), head: headOf(bytes) };
}

function* stat(asked: Asked<StoreKind>, head: Head, id: string): Steps<StoreEntry | undefined> {
  if (head !== undefined) {
    const found = yield* asked.ask({ member: 'head.stat', id }, () => head.stat(id), asStat);
    return found && { id, ...found };
  }
  const bytes = yield* whole(asked, id);
  return bytes && { id, size: bytes.byteLength, lastUsedAt: savedAtOf(bytes) };
}

function whole(asked: Asked<StoreKind>, id: string): Steps<Uint8Array | undefined> {
  return asked.ask({ member: 'get', id }, (store) => store.get(id), asBytes);
}

function remove(asked: Asked<StoreKind>, id: string): Steps<boolean> {
  return asked.ask({ member: 'delete', id }, (store) => store.delete(id), asBoolean);
}

function* clear(asked: Asked<StoreKind>, keep?: string): Steps<number> {
  const ids: string[] = [];
  yield* each<StoreEntry>(asked.kind === 'sync' ? asked.entriesNow() : asked.entriesLater(), ({ id }) => {
    ids.push(id);
  });
  if (keep === undefined) {
    yield* clearAll(asked);
    return ids.length;
  }
  let removed = 0;
  for (const id of ids) if (!id.startsWith(keep) && (yield* remove(asked, id))) removed++;
  return removed;
}

function clearAll(asked: Asked<StoreKind>): Steps<void> {
  return asked.ask({ member: 'clear' }, (store) => store.clear(), ignore);
}

function* destroy(asked: Asked<StoreKind>, counters: StoreDefinition['counters']): Steps<void> {
  yield* clearAll(asked);
  yield* asked.ask({ member: 'counters.reset' }, () => counters?.reset(), ignore);
}
