/** The SQLite of Node itself, where it has one, or of the package better-sqlite3: what both have alike. */

import { createRequire } from 'node:module';
import process from 'node:process';
import { StoreError } from '../../common/errors.ts';

export interface Statement {
  get(...values: readonly unknown[]): unknown;
  all(...values: readonly unknown[]): readonly unknown[];
  run(...values: readonly unknown[]): { readonly changes: number | bigint };
}

export interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}

type Open = new (path: string) => Database;

const require = createRequire(import.meta.url);

let open: Open | undefined;

/** @throws StoreError where there is no SQLite, and what SQLite throws */
export function openDatabase(path: string): Database {
  open ??= ofNode() ?? ofPackage();
  return new open(path);
}

/** From Node 22.13 on. */
function ofNode(): Open | undefined {
  const sqlite: unknown = process.getBuiltinModule?.('node:sqlite');
  return (sqlite as { readonly DatabaseSync: Open } | undefined)?.DatabaseSync;
}

function ofPackage(): Open {
  try {
    return require('better-sqlite3') as Open;
  } catch (cause) {
    throw new StoreError('sqliteStore() needs Node 22.13 or later, or the package: npm install better-sqlite3@12', {
      cause,
    });
  }
}
