import { checkOptions } from '../options/rows.ts';
import { type Duration, parseDuration } from '../options/parse.ts';
import { perScope } from '../runtime/per-store.ts';
import { checkStore } from './define-store.ts';
import { Front, owned } from './front.ts';
import { isHeld, type AsyncCounters, type AsyncLease, type AsyncStore, type HeldLease, type Store } from './store.ts';

/** Options of {@link tiered}. */
export interface TieredOptions {
  /** How long a record near by is served without asking far away. Default: `'1m'`. */
  readonly nearMaxAge?: Duration;
}

/**
 * A store near by in front of one far away: reads ask near first and fill it, changes go to both, and leases, counts and listings are
 * those of the far one. What another machine has changed is seen after `nearMaxAge` at the latest, what this store changes at once. A
 * near store that fails is as if it were empty. It answers with promises, and closes both with the cache.
 *
 * What a process has found near by is known to that process: in a new one, each record is asked for far away once.
 *
 * @example
 * const cache = new TempCache('mine', { store: tiered(memoryStore(), keyvStore(keyv), { nearMaxAge: '10s' }) });
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no store, and for unknown options
 */
export function tiered(near: Store, far: Store, options: TieredOptions = {}): AsyncStore {
  checkOptions(options, ['nearMaxAge'], 'tiered()');
  const maxAge = parseDuration(options.nearMaxAge ?? 60_000, 'The option nearMaxAge of tiered()');
  const away = checkStore(far) as Store;
  const front = new Front(checkStore(near) as Store, maxAge);
  return {
    ...behind(away),
    async get(id) {
      const known = await front.get(id);
      if (known !== undefined) return known;
      const fill = front.fill(id);
      const parts = owned(await away.get(id));
      if (parts !== undefined) await fill(parts);
      return parts;
    },
    set: async (id, record, hints) =>
      front.change(
        id,
        async () => away.set(id, record, hints),
        async (store) => store.set(id, record, hints),
      ),
    delete: async (id) => front.change(id, async () => away.delete(id)),
    clear: async (keep) => front.change(undefined, async () => away.clear(keep)),
    destroy: async () => front.change(undefined, async () => away.destroy()),
    async close() {
      await front.close();
      await away.close();
    },
  };
}

type Changing = 'get' | 'set' | 'delete' | 'clear' | 'destroy' | 'close';

/** What only the far store is asked. */
function behind(away: Store): Omit<AsyncStore, Changing> {
  return {
    kind: 'async',
    path: away.path,
    scope: typeof away.scope === 'string' ? `tiered:${away.scope}` : scopeOf(away.scope),
    get holder() {
      return away.holder;
    },
    stamps: false,
    stamp: () => undefined,
    ids: () => undefined,
    pathOf: (id) => away.pathOf(id),
    peek: async (id) => away.peek(id),
    stat: async (id) => away.stat(id),
    touch: async (id, at) => away.touch(id, at),
    async *entries(prefix) {
      yield* away.entries(prefix);
    },
    counters: countersOf(away),
    sweep: async (ms) => away.sweep(ms),
    lease: async (id, ttl) => leaseOf(await away.lease(id, ttl)),
    heldBy: async (id) => away.heldBy(id),
  };
}

/** Not that of the far store: a cache over that alone may answer at once. */
const scopeOf = perScope(() => ({}));

function countersOf({ counters }: Store): AsyncCounters {
  return {
    ...(counters.areInRecords === true && { areInRecords: true }),
    add: async (group, deltas) => counters.add(group, deltas),
    read: async (group) => counters.read(group),
    reset: async (group) => counters.reset(group),
  };
}

function leaseOf(lease: Awaited<ReturnType<Store['lease']>>): AsyncLease | HeldLease {
  if (isHeld(lease)) return lease;
  const { id, takenOver } = lease;
  return { id, takenOver, renew: async () => lease.renew(), release: async () => lease.release() };
}
