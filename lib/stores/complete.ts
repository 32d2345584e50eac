/** Makes what the cache sees of what a user has written. */

import { asBytes, copyOf } from './answers.ts';
import { Asked } from './asked.ts';
import { Completion } from './completion.ts';
import type { StoreDefinition } from './definition.ts';
import { Grants } from './grants.ts';
import { countersInRecords } from './counters-in-records.ts';
import type { AsyncStore, CountersOf, Store, StoreKind, StoreMembers, StoreOf, SyncStore } from './store.ts';

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
  const completion = new Completion(asked);
  // Not by spreading it: that would ask for the name of the holder, which takes longer to find out than many hits.
  const members = membersOf(asked, completion);
  const store: unknown = Object.assign(members, kind === 'sync' ? lookUpNow(asked) : lookUpLater(asked));
  const counters =
    definition.counters === undefined ? countersInRecords(store as Store) : countersOf(asked, completion);
  return Object.assign(store as StoreOf<K>, { counters });
}

function countersOf<K extends StoreKind>(asked: Asked<K>, completion: Completion): CountersOf<K> {
  return {
    add: (group, deltas) => asked.carry(completion.addToCounters(group, deltas)),
    read: (group) => asked.carry(completion.readCounters(group)),
    reset: (group) => asked.carry(completion.resetCounters(group)),
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
function membersOf<K extends StoreKind>(
  asked: Asked<K>,
  completion: Completion,
): Omit<StoreMembers<K>, 'entries' | 'counters'> {
  const scope = asked.definition.scope ?? asked.definition;
  const grants = new Grants(asked, scope);
  let closing: unknown;
  return {
    kind: asked.kind,
    scope,
    path: completion.path,
    stamps: completion.stamps,
    get holder() {
      return grants.holder;
    },
    pathOf: (id) => completion.pathOf(id),
    stamp: (id) => completion.stamp(id),
    peek: (id) => asked.carry(completion.peek(id)),
    stat: (id) => asked.carry(completion.stat(id)),
    touch: (id, at) => asked.carry(completion.touch(id, at)),
    set: (id, parts, hints) => asked.carry(completion.set(id, parts, hints)),
    delete: (id) => asked.carry(completion.delete(id)),
    clear: (keep) => asked.carry(completion.clear(keep)),
    destroy: () => asked.carry(completion.destroy()),
    sweep: (ms) => asked.carry(completion.sweep(ms)),
    lease: (id, ttl) => asked.carry(grants.lease(id, ttl)),
    close: () =>
      (closing ??= asked.carry(asked.close(() => grants.releaseAll()))) as ReturnType<StoreMembers<K>['close']>,
  };
}
