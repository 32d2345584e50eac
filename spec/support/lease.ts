import {
  isHeld,
  type AsyncLease,
  type HeldLease,
  type Store,
  type SyncLease,
  type SyncStore,
} from '../../lib/stores/store.ts';

type Lease = SyncLease | AsyncLease;

/** The lease of an id, or undefined where another holder has it. */
export function takeLease(store: SyncStore, id: string, ttl?: number): SyncLease | undefined;
export function takeLease(store: Store, id: string, ttl?: number): Promise<Lease | undefined>;
export function takeLease(store: Store, id: string, ttl = 60_000): unknown {
  const given = (answer: Lease | HeldLease): Lease | undefined => (isHeld(answer) ? undefined : answer);
  const answer = store.lease(id, ttl);
  return 'then' in answer ? answer.then(given) : given(answer);
}

/** Who has the lease of an id; undefined for none. It is taken to find out, and given back. */
export async function holderOf(store: Store, id: string): Promise<string | undefined> {
  const answer = await store.lease(id, 60_000);
  if (isHeld(answer)) return answer.heldBy;
  await answer.release();
  return undefined;
}
