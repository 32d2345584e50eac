import { randomBytes } from 'node:crypto';
import { readPath } from '../../options/location.ts';
import { completeStore } from '../complete.ts';
import type { StoreDefinition, StoredBeginning, StoredEntry, StoredStat, StoreHead } from '../definition.ts';
import { makePrivateFile } from '../file/place.ts';
import { Placed } from '../placed.ts';
import { pathOfUrl, registerScheme } from '../schemes.ts';
import type { Counts, SyncStore } from '../store.ts';
import { holderIn, leaseIn } from './leases.ts';
import { Tables } from './tables.ts';

/** Options of {@link sqliteStore}. */
export interface SqliteStoreOptions {
  /** The file: an absolute path, one that begins with `~`, or one from the working directory. It is made with the first save. */
  readonly path: string;
}

/** How many records are listed at once. */
const PAGE = 1000;

/**
 * A store in one file, for many processes of one machine: `node:sqlite` where the runtime has it (from Node 22.13 on), else the package
 * `better-sqlite3`. The largest value has 1 GB. A process that has to wait for another one that writes blocks its thread, for ms.
 *
 * `import 'tempcache/sqlite'` lets the option `store` be a URL as well: `'sqlite:./cache.sqlite'`.
 *
 * @example
 * const cache = new TempCache('mine', { store: sqliteStore({ path: './cache.sqlite' }) });
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for options that are unknown or wrong
 */
export function sqliteStore(options: SqliteStoreOptions): SyncStore {
  return completeStore(new SqliteDefinition(readPath(options, 'sqliteStore()')));
}

registerScheme('sqlite', (url) => sqliteStore({ path: pathOfUrl(url) }));

/** See {@link StoreDefinition}. What is read where there is no file is nothing, and makes none. */
class SqliteDefinition implements StoreDefinition<'sync'> {
  readonly kind = 'sync' as const;
  readonly scope: string;
  readonly #file: Placed<Tables>;

  constructor(path: string) {
    this.scope = `sqlite:${path}`;
    this.#file = new Placed(path, () => {
      makePrivateFile(path);
      return new Tables(path);
    });
  }

  get(id: string): Uint8Array | undefined {
    const row = this.#file.ifAny()?.get('SELECT bytes FROM records WHERE id = ?', id) as Row | undefined;
    return row?.bytes;
  }

  /** Empty bytes are NULL for one of the drivers. */
  set(id: string, bytes: Uint8Array): void {
    const now = Date.now();
    this.#file.made().run(
      `INSERT INTO records VALUES (?, ?, ?, ?, ifnull(?, x'')) ON CONFLICT (id) DO UPDATE SET version = excluded.version,
        saved_at = excluded.saved_at, used_at = excluded.used_at, bytes = excluded.bytes`,
      id,
      randomBytes(6).readUIntBE(0, 6),
      now,
      now,
      bytes,
    );
  }

  delete(id: string): boolean {
    return (this.#file.ifAny()?.run('DELETE FROM records WHERE id = ?', id) ?? 0) > 0;
  }

  /** By pages: nothing can be written while a statement runs. */
  *entries(): Generator<StoredEntry, void> {
    let last = '';
    for (;;) {
      const rows = this.#file
        .ifAny()
        ?.all(`SELECT id, ${STAT} FROM records WHERE id > ? ORDER BY id LIMIT ${PAGE}`, last) as
        StoredEntry[] | undefined;
      if (rows === undefined || rows.length === 0) return;
      yield* rows;
      last = rows.at(-1)?.id ?? '';
    }
  }

  clear(): void {
    const tables = this.#file.ifAny();
    if (tables !== undefined && tables.run('DELETE FROM records') > 0) tables.shrink();
  }

  lease(id: string, ttl: number, me: string): ReturnType<typeof leaseIn> {
    return leaseIn(this.#file.made(), { id, ttl, me });
  }

  heldBy(id: string): ReturnType<typeof holderIn> {
    return holderIn(this.#file.ifAny(), id);
  }

  close(): void {
    this.#file.close();
  }

  readonly head: Required<StoreHead<'sync'>> = {
    peek: (id, length) =>
      this.#file
        .ifAny()
        ?.get(`SELECT ${STAT}, ifnull(substr(bytes, 1, ?), x'') AS head FROM records WHERE id = ?`, length, id) as
        StoredBeginning | undefined,
    stat: (id) => this.#file.ifAny()?.get(`SELECT ${STAT} FROM records WHERE id = ?`, id) as StoredStat | undefined,
    touch: (id, at) => this.#file.ifAny()?.run('UPDATE records SET used_at = ? WHERE id = ?', Math.trunc(at), id),
    stamp: (id) =>
      (this.#file.ifAny()?.get('SELECT version FROM records WHERE id = ?', id) as Row | undefined)?.version,
  };

  readonly counters: NonNullable<StoreDefinition<'sync'>['counters']> = {
    add: (part, deltas) => {
      const tables = this.#file.ifAny();
      tables?.together(() => {
        for (const [name, delta] of Object.entries(deltas)) tables.run(ADD, part, JSON.stringify(name), delta);
      });
    },
    read: (part) => {
      const rows = this.#file.ifAny()?.all('SELECT counter, value FROM counters WHERE part = ? AND value <> 0', part);
      return Object.fromEntries(
        ((rows as Counter[] | undefined) ?? []).map(({ counter, value }) => [JSON.parse(counter), value]),
      ) as Counts;
    },
    reset: (part) => {
      if (part === undefined) this.#file.ifAny()?.run('DELETE FROM counters');
      else this.#file.ifAny()?.run('DELETE FROM counters WHERE part = ?', part);
    },
  };
}

const STAT = 'length(bytes) AS size, saved_at AS savedAt, used_at AS usedAt';

const ADD = `INSERT INTO counters VALUES (?, ?, ?) ON CONFLICT (part, counter) DO UPDATE SET value = value + excluded.value`;

interface Row {
  readonly bytes: Uint8Array;
  readonly version: number;
}

interface Counter {
  readonly counter: string;
  readonly value: number;
}
