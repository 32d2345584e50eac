import { randomUUID } from 'node:crypto';
import { isHeld, type AsyncLease, type AsyncStore } from '../../lib/stores/store.ts';

/** What is special about one of the processes. */
export interface Traits {
  /** Whether every lease is lost at once, without a word. */
  losesLeases?: boolean;
  /** Its name among those that hold leases; default: one that comes anywhere in their order. */
  holder?: string;
}

/**
 * One asynchronous store as several processes see it: each with a scope and a name of its own, so that nothing but the
 * store itself tells one of them what the others do.
 */
export function makeApart(store: AsyncStore): (traits?: Traits) => AsyncStore {
  const holders = new Map<string, string>();
  return ({ losesLeases, holder = randomUUID() } = {}) => {
    return {
      ...store,
      scope: {},
      holder,
      async lease(id, ttl) {
        const lease = await store.lease(id, ttl);
        if (isHeld(lease)) return { ...lease, heldBy: holders.get(id) };
        holders.set(id, holder);
        return losesLeases === true ? lose(lease) : lease;
      },
    };
  };
}

async function lose(lease: AsyncLease): Promise<AsyncLease> {
  await lease.release();
  return { ...lease, renew: async () => false, release: async () => undefined };
}
