/** What is used of the package lmdb. */

import { createRequire } from 'node:module';
import { StoreError } from '../../common/errors.ts';

export interface Range {
  readonly start?: string;
  readonly exclusiveStart?: boolean;
  readonly limit?: number;
}

/** One table: bytes by texts. */
export interface Table {
  get(key: string): Uint8Array | undefined;
  putSync(key: string, value: Uint8Array): unknown;
  removeSync(key: string): boolean;
  clearSync(): void;
  getRange(range: Range): { readonly asArray: readonly { readonly key: string; readonly value: Uint8Array }[] };
}

export interface Environment {
  openDB(options: { readonly name: string; readonly encoding: 'binary' }): Table;
  transactionSync<T>(work: () => T): T;
  /** Lets reads see what other processes have written since. */
  resetReadTxn(): void;
  close(): Promise<unknown>;
}

interface Lmdb {
  open(options: {
    readonly path: string;
    readonly maxDbs: number;
    readonly encoding: 'binary';
    readonly noSubdir: false;
  }): Environment;
}

const require = createRequire(import.meta.url);

/** @throws StoreError where the package is not installed, and what that throws */
export function openEnvironment(path: string, maxDbs: number): Environment {
  return lmdb().open({ path, maxDbs, encoding: 'binary', noSubdir: false });
}

function lmdb(): Lmdb {
  try {
    return require('lmdb') as Lmdb;
  } catch (cause) {
    throw new StoreError('lmdbStore() needs the package lmdb: npm install lmdb', { cause });
  }
}
