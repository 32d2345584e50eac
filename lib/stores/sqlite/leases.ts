import { randomBytes } from 'node:crypto';
import type { GivenLease } from '../definition.ts';
import { isLostLease, type LeaseRow } from '../file/writer.ts';
import type { HeldLease } from '../store.ts';
import type { Tables } from './tables.ts';

/** Who has the lease of an id. */
export function holderIn(tables: Tables | undefined, id: string): HeldLease | undefined {
  const row = tables?.get('SELECT * FROM leases WHERE id = ?', id) as LeaseRow | undefined;
  return row === undefined || isLostLease(row) ? undefined : { heldBy: row.holder, since: row.since };
}

interface Wanted {
  readonly id: string;
  readonly ttl: number;
  readonly me: string;
}

/**
 * The lease of an id, or who has it. Each lease has a token of its own, and every change names the one that it changes: it takes
 * one statement, which SQLite carries out for one process at a time.
 */
export function leaseIn(tables: Tables, { id, ttl, me }: Wanted): GivenLease<'sync'> | HeldLease {
  const token = randomBytes(12).toString('hex');
  const now = Date.now();
  const end = (): number => Date.now() + ttl;
  const isTaken =
    tables.run('INSERT INTO leases VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', id, me, token, now, end()) > 0;
  if (!isTaken) {
    const former = tables.get('SELECT * FROM leases WHERE id = ?', id) as LeaseRow | undefined;
    if (former === undefined) return { heldBy: undefined };
    const takeOver = 'UPDATE leases SET holder = ?, token = ?, since = ?, until = ? WHERE id = ? AND token = ?';
    if (!isLostLease(former) || tables.run(takeOver, me, token, now, end(), id, former.token) === 0) {
      return { heldBy: former.holder, since: former.since };
    }
  }
  const own = [id, token] as const;
  return {
    takenOver: !isTaken,
    renew: () => tables.run('UPDATE leases SET until = ? WHERE id = ? AND token = ?', end(), ...own) > 0,
    release: () => tables.run('DELETE FROM leases WHERE id = ? AND token = ?', ...own),
  };
}
