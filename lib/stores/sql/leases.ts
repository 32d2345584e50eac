/** Leases in a table: each change names the token that it changes, and is one statement. Times are those of the server. */

import { randomBytes } from 'node:crypto';
import type { GivenLease } from '../definition.ts';
import { isLostLease } from '../file/writer.ts';
import type { HeldLease } from '../store.ts';
import type { Tables } from './client.ts';

const NOW = 'extract(epoch FROM clock_timestamp()) * 1000';

interface Row {
  readonly holder: string;
  readonly token: string;
  readonly since: number;
  /** Ms. */
  readonly left: number;
}

interface Wanted {
  readonly id: string;
  readonly ttl: number;
  readonly me: string;
}

/** The lease of an id, or who has it. */
export async function takeLease(tables: Tables, { id, ttl, me }: Wanted): Promise<GivenLease<'async'> | HeldLease> {
  const token = randomBytes(12).toString('hex');
  const insert = `INSERT INTO $leases VALUES ($1, $2, $3, ${NOW}, ${NOW} + $4) ON CONFLICT DO NOTHING`;
  const isTaken = (await tables.add(insert, id, me, token, ttl)) > 0;
  if (!isTaken) {
    const former = await rowOf(tables, id);
    if (former === undefined) return { heldBy: undefined };
    const takeOver = `UPDATE $leases SET holder = $2, token = $3, since = ${NOW}, until = ${NOW} + $4
      WHERE id = $1 AND token = $5`;
    if (!isLost(former) || (await tables.change(takeOver, id, me, token, ttl, former.token)) === 0) {
      return { heldBy: former.holder, since: former.since };
    }
  }
  return {
    takenOver: !isTaken,
    renew: async () =>
      (await tables.change(`UPDATE $leases SET until = ${NOW} + $3 WHERE id = $1 AND token = $2`, id, token, ttl)) > 0,
    release: async () => tables.change('DELETE FROM $leases WHERE id = $1 AND token = $2', id, token),
  };
}

/** Who has the lease of an id. */
export async function holderOf(tables: Tables, id: string): Promise<HeldLease | undefined> {
  const row = await rowOf(tables, id);
  return row === undefined || isLost(row) ? undefined : { heldBy: row.holder, since: row.since };
}

async function rowOf(tables: Tables, id: string): Promise<Row | undefined> {
  const rows = await tables.read<Row>(
    `SELECT holder, token, since, (until - ${NOW})::float8 AS left FROM $leases WHERE id = $1`,
    id,
  );
  return rows[0];
}

function isLost({ holder, token, since, left }: Row): boolean {
  return isLostLease({ holder, token, since, until: Date.now() + left });
}
