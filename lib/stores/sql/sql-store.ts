import { Buffer } from 'node:buffer';
import type { URL } from 'node:url';
import { parseName } from '../../options/parse.ts';
import { defaultsOf, readGiven, type Rows } from '../../options/rows.ts';
import { completeStore } from '../complete.ts';
import type {
  StoreCounters,
  StoreDefinition,
  StoredBeginning,
  StoredEntry,
  StoredStat,
  StoreHead,
} from '../definition.ts';
import { placeOf, TIMEOUT, type ServerKind } from '../far.ts';
import { registerScheme } from '../schemes.ts';
import type { AsyncStore } from '../store.ts';
import { PoolAtUrl, Tables, type SqlClient } from './client.ts';
import { holderOf, takeLease } from './leases.ts';

export type { SqlClient } from './client.ts';

/** Options of {@link sqlStore}. */
export interface SqlStoreOptions {
  /** What the names of its tables begin with. Default: `'tempcache'`. */
  readonly table?: string;
  /** How long to wait for an answer: a duration. A store that does not answer is not asked again for a while. Default: `'5s'`. */
  readonly timeout?: string | number;
}

const OPTIONS: Rows<{ readonly table: string | undefined; readonly timeout: number }> = {
  table: { parse: parseName, default: 'tempcache' },
  timeout: TIMEOUT,
};

const POSTGRES: ServerKind<SqlClient> = {
  maker: 'sqlStore()',
  schemes: ['postgres', 'postgresql'],
  clients: 'a pool or client of pg',
  isClient: (given): given is SqlClient => typeof (given as Partial<SqlClient>).query === 'function',
};

/**
 * A store in three tables of a PostgreSQL database, for many machines, made with the first save. Processes compute a missing value
 * once. The largest value has 500 MB or so.
 *
 * @param urlOrClient `postgres://...` or `postgresql://...` with the package `pg`, whose pool is closed with the cache; or a pool or
 * client of `pg`, which stays open
 *
 * @example
 * const cache = new TempCache('mine', { store: sqlStore('postgres://me@localhost/mine') });
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is none of these, and for options that are unknown or wrong
 */
export function sqlStore(urlOrClient: string | URL | SqlClient, options: SqlStoreOptions = {}): AsyncStore {
  const { table = 'tempcache', timeout } = { ...defaultsOf(OPTIONS), ...readGiven(options, OPTIONS, 'sqlStore()') };
  const place = placeOf(urlOrClient, table, POSTGRES);
  const client = place.url === undefined ? place.client : new PoolAtUrl(place.url);
  const close = async (): Promise<void> => (client instanceof PoolAtUrl ? client.end() : undefined);
  return completeStore(definitionOf(new Tables(client, table), { timeout, close, scope: place.scope }));
}

for (const scheme of POSTGRES.schemes) registerScheme(scheme, (url) => sqlStore(url));

interface Terms {
  readonly timeout: number;
  readonly scope: string | object;
  readonly close: () => Promise<void>;
}

/** How many records are listed at once. */
const PAGE = 1000;

const STAT = 'octet_length(bytes) AS size, saved_at AS "savedAt", used_at AS "usedAt"';

function definitionOf(tables: Tables, terms: Terms): StoreDefinition<'async'> {
  const head: Required<Omit<StoreHead<'async'>, 'stamp'>> = {
    peek: async (id, length) =>
      (
        await tables.read<StoredBeginning>(
          `SELECT ${STAT}, substring(bytes FROM 1 FOR $2) AS head FROM $records WHERE id = $1`,
          id,
          length,
        )
      )[0],
    stat: async (id) => (await tables.read<StoredStat>(`SELECT ${STAT} FROM $records WHERE id = $1`, id))[0],
    touch: async (id, at) => tables.change('UPDATE $records SET used_at = $2 WHERE id = $1', id, at),
  };
  return {
    ...terms,
    kind: 'async',
    async get(id) {
      const rows = await tables.read<{ readonly bytes: Buffer }>('SELECT bytes FROM $records WHERE id = $1', id);
      return rows[0]?.bytes;
    },
    async set(id, bytes) {
      const own = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      await tables.add(
        `INSERT INTO $records VALUES ($1, $2, $2, $3) ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at,
          used_at = excluded.used_at, bytes = excluded.bytes`,
        id,
        Date.now(),
        own,
      );
    },
    delete: async (id) => (await tables.change('DELETE FROM $records WHERE id = $1', id)) > 0,
    entries: () => entriesOf(tables),
    clear: async () => tables.change('DELETE FROM $records'),
    lease: async (id, ttl, me) => takeLease(tables, { id, ttl, me }),
    heldBy: async (id) => holderOf(tables, id),
    head,
    counters: countersOf(tables),
  };
}

async function* entriesOf(tables: Tables): AsyncGenerator<StoredEntry, void> {
  let last = '';
  for (;;) {
    const rows = await tables.read<StoredEntry>(
      `SELECT id, ${STAT} FROM $records WHERE id > $1 ORDER BY id LIMIT ${PAGE}`,
      last,
    );
    if (rows.length === 0) return;
    yield* rows;
    last = rows.at(-1)?.id ?? '';
  }
}

/** Names as JSON, for they may be any texts, and no text of the server may hold all of them. */
function countersOf(tables: Tables): StoreCounters<'async'> {
  return {
    async add(group, deltas) {
      // In one order, so that two that add at the same time do not wait for each other.
      const names = Object.keys(deltas).toSorted();
      await tables.add(
        `INSERT INTO $counters SELECT $1, name, count FROM unnest($2::text[], $3::bigint[]) AS added (name, count)
          ON CONFLICT (part, name) DO UPDATE SET count = $counters.count + excluded.count`,
        JSON.stringify(group),
        names.map((name) => JSON.stringify(name)),
        names.map((name) => deltas[name]),
      );
    },
    async read(group) {
      const rows = await tables.read<{ readonly name: string; readonly count: string }>(
        'SELECT name, count FROM $counters WHERE part = $1 AND count <> 0',
        JSON.stringify(group),
      );
      return Object.fromEntries(rows.map(({ name, count }) => [JSON.parse(name) as string, Number(count)]));
    },
    reset: async (group) =>
      group === undefined
        ? tables.change('DELETE FROM $counters')
        : tables.change('DELETE FROM $counters WHERE part = $1', JSON.stringify(group)),
  };
}
