import { step, type Steps } from '../runtime/steps.ts';
import type { StoreEntry, SweepResult } from '../stores/store.ts';
import type { Maintained, MaintainedStore } from './records.ts';

/** The part of a synchronous store that upkeep asks. */
export type SyncRecords = Extract<MaintainedStore, { kind: 'sync' }>;

/**
 * The same records, of which nothing is removed: what should have been is not shown any more, and nothing else is changed. So
 * upkeep that is carried out over them says what it would do. The ids of what would go are kept in memory, some 100 bytes each.
 *
 * @param leftovers what a sweep would remove
 */
export function dryRun(
  records: Maintained & { readonly store: SyncRecords },
  leftovers: () => SweepResult,
): Maintained {
  const { store } = records;
  const gone = new Set<string>();
  const dry: SyncRecords = {
    kind: 'sync',
    get: (id: string) => (gone.has(id) ? undefined : store.get(id)),
    peek: (id) => (gone.has(id) ? undefined : store.peek(id)),
    stat: (id) => (gone.has(id) ? undefined : store.stat(id)),
    *entries(prefix): Generator<StoreEntry, void> {
      for (const entry of store.entries(prefix)) if (!gone.has(entry.id)) yield entry;
    },
    delete: (id) => dry.stat(id) !== undefined && gone.add(id).has(id),
    clear: () => 0,
    sweep: leftovers,
    touch: () => undefined,
    lease: () => ({ heldBy: '' }),
    // Sizes are not read from them: a listing says what would be left.
    counters: { areInRecords: true, add: () => undefined, read: () => ({}), reset: () => undefined },
  };
  const nothing = (): Steps<void> => step<void>(undefined);
  return { ...records, store: dry, freed: nothing, bound: nothing };
}
