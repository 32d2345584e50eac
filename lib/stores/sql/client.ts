/** PostgreSQL by the package `pg`, as far as it is asked. */

import { createRequire } from 'node:module';
import { errorCode, StoreError } from '../../common/errors.ts';

/** A pool or a client of the package `pg` that is connected; whoever has made it closes it. */
export interface SqlClient {
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ readonly rows: readonly object[]; readonly rowCount: number | null }>;
}

interface OwnPool extends SqlClient {
  end(): Promise<unknown>;
  on(event: 'error', listener: () => void): unknown;
}

/** No such table, and a table that another one makes at this moment. */
const NO_TABLE = '42P01';
const MADE_MEANWHILE: ReadonlySet<string | undefined> = new Set(['23505', '42P07', '42710']);

/** The tables of a cache: they are made with the first change, and what is read where they are not is nothing. */
export class Tables {
  readonly #client: SqlClient;
  readonly #name: string;

  /** `name` is that of the tables, as the user wrote it. */
  constructor(client: SqlClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** The rows that a query gives, and how many it has changed. In its text `$records`, `$leases` and `$counters` are the tables. */
  async read<R extends object>(text: string, ...values: readonly unknown[]): Promise<readonly R[]> {
    try {
      return (await this.#query(text, values)).rows as readonly R[];
    } catch (error) {
      if (errorCode(error) === NO_TABLE) return [];
      throw error;
    }
  }

  /** As `read`, for what removes or changes something: how many. */
  async change(text: string, ...values: readonly unknown[]): Promise<number> {
    try {
      return (await this.#query(text, values)).rowCount ?? 0;
    } catch (error) {
      if (errorCode(error) === NO_TABLE) return 0;
      throw error;
    }
  }

  /** As `change`, for what adds something. */
  async add(text: string, ...values: readonly unknown[]): Promise<number> {
    try {
      return (await this.#query(text, values)).rowCount ?? 0;
    } catch (error) {
      if (errorCode(error) !== NO_TABLE) throw error;
    }
    await this.#make();
    return (await this.#query(text, values)).rowCount ?? 0;
  }

  async #query(text: string, values: readonly unknown[]): ReturnType<SqlClient['query']> {
    const named = text.replaceAll(/\$(records|leases|counters)/g, (_, table: string) => this.#table(table));
    return this.#client.query(named, [...values]);
  }

  #table(table: string): string {
    return `"${`${this.#name}_${table}`.replaceAll('"', '""')}"`;
  }

  /** Times are ms since the epoch. */
  async #make(): Promise<void> {
    const [records, leases, counters] = ['records', 'leases', 'counters'].map((table) => this.#table(table));
    try {
      await this.#client.query(`
        CREATE TABLE IF NOT EXISTS ${records} (id text COLLATE "C" PRIMARY KEY, saved_at float8 NOT NULL,
          used_at float8 NOT NULL, bytes bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS ${leases} (id text PRIMARY KEY, holder text NOT NULL, token text NOT NULL,
          since float8 NOT NULL, until float8 NOT NULL);
        CREATE TABLE IF NOT EXISTS ${counters} (part text, name text, count bigint NOT NULL, PRIMARY KEY (part, name))`);
    } catch (error) {
      if (!MADE_MEANWHILE.has(errorCode(error))) throw error;
      await this.#make();
    }
  }
}

/** A pool of its own, which keeps no program alive. It is made and connected by the first query. */
export class PoolAtUrl implements SqlClient {
  readonly #url: string;
  #pool: OwnPool | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws StoreError where there is no package */
  async query(text: string, values?: unknown[]): ReturnType<SqlClient['query']> {
    return (this.#pool ??= poolAt(this.#url)).query(text, values);
  }

  async end(): Promise<void> {
    await this.#pool?.end();
  }
}

function poolAt(url: string): OwnPool {
  const terms = { connectionString: url, allowExitOnIdle: true, connectionTimeoutMillis: 5000 };
  const pool = new (poolMaker())(terms);
  // What fails is told by the query that fails; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

const require = createRequire(import.meta.url);

function poolMaker(): new (terms: object) => OwnPool {
  try {
    return (require('pg') as { readonly Pool: new (terms: object) => OwnPool }).Pool;
  } catch (cause) {
    throw new StoreError('sqlStore() with a URL needs the package: npm install pg', { cause });
  }
}
