/** The tables of a cache in a file of SQLite. */

import { carryOutSync, sleep } from '../../runtime/steps.ts';
import { openDatabase, type Database, type Statement } from './driver.ts';

/** Ms to wait for other processes that write. They take less than that by far, unless the machine stands still. */
const PATIENCE = 30_000;

/** Ms after which a lease that nobody asks for is removed. */
const FORGOTTEN = 86_400_000;

/**
 * | table | holds |
 * | --- | --- |
 * | `records` | `version` tells a record from all others that its id has had; times are ms since the epoch |
 * | `leases` | `holder` has the lease of `id`; `token` is another one for each lease; silent after `until`, it is lost |
 * | `counters` | `counter` is its name as JSON, which keeps all texts apart |
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS records (id TEXT PRIMARY KEY, version INTEGER NOT NULL, saved_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS leases (id TEXT PRIMARY KEY, holder TEXT NOT NULL, token TEXT NOT NULL,
  since INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counters (part TEXT NOT NULL, counter TEXT NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY (part, counter)) WITHOUT ROWID;
`;

/** An open file, and the statements that were prepared for it. */
export class Tables {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  /** Throws what SQLite throws. */
  constructor(path: string) {
    this.#database = patiently(() => openDatabase(path));
    try {
      patiently(() => this.#prepare());
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /**
   * Readers and one writer do not wait for each other in WAL mode. A power cut may take the last writes, and leaves the file
   * whole. Removed pages are given back to the disk by `shrink`.
   */
  #prepare(): void {
    const database = this.#database;
    database.exec(`PRAGMA busy_timeout = ${PATIENCE}; PRAGMA auto_vacuum = INCREMENTAL`);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    database.exec(TABLES);
    this.run('DELETE FROM leases WHERE until < ?', Date.now() - FORGOTTEN);
  }

  get(sql: string, ...values: readonly unknown[]): unknown {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: readonly unknown[]): readonly unknown[] {
    return this.#statement(sql).all(...values);
  }

  /** How many rows it changed. */
  run(sql: string, ...values: readonly unknown[]): number {
    return patiently(() => Number(this.#statement(sql).run(...values).changes));
  }

  /** All of the work, or nothing of it. */
  together(work: () => void): void {
    patiently(() => this.#database.exec('BEGIN IMMEDIATE'));
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  shrink(): void {
    this.#database.exec('PRAGMA incremental_vacuum');
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }
}

/** SQLite waits by itself, but not where it fears that two wait for each other: when several open a new file, for one. */
function patiently<T>(work: () => T): T {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw error;
      carryOutSync(sleep(5));
    }
  }
}

/** `code` is a text in one package, and `errcode` a number in Node; further bits say why. */
function isBusy(error: unknown): boolean {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  return /^SQLITE_(?:BUSY|LOCKED)/.test(String(code)) || [5, 6].includes(Number(errcode) & 0xff);
}
