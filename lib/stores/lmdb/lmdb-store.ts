import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readPath } from '../../options/location.ts';
import { completeStore } from '../complete.ts';
import type { StoreDefinition, StoredEntry, StoreHead } from '../definition.ts';
import { makePrivateFolder } from '../file/place.ts';
import { Placed } from '../placed.ts';
import { pathOfUrl, registerScheme } from '../schemes.ts';
import type { SyncStore } from '../store.ts';
import { readFacts, Tables, writeFacts } from './tables.ts';

/** Options of {@link lmdbStore}. */
export interface LmdbStoreOptions {
  /** The folder: an absolute path, one that begins with `~`, or one from the working directory. It is made with the first save. */
  readonly path: string;
}

/** How many records are listed at once. */
const PAGE = 1000;

/**
 * A store in a folder of LMDB, for many processes of one machine and millions of small entries. It needs the package `lmdb`.
 * `import 'tempcache/lmdb'` lets the option `store` be a URL as well: `'lmdb:./folder'`.
 *
 * @example
 * const cache = new TempCache('mine', { store: lmdbStore({ path: './cache' }) });
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for options that are unknown or wrong
 */
export function lmdbStore(options: LmdbStoreOptions): SyncStore {
  return completeStore(new LmdbDefinition(readPath(options, 'lmdbStore()')));
}

registerScheme('lmdb', (url) => lmdbStore({ path: pathOfUrl(url) }));

/** See {@link StoreDefinition}. What is read where there is no folder is nothing, and makes none. */
class LmdbDefinition implements StoreDefinition<'sync'> {
  readonly kind = 'sync' as const;
  readonly scope: string;
  readonly #folder: Placed<Tables>;

  constructor(path: string) {
    this.scope = `lmdb:${path}`;
    this.#folder = new Placed(join(path, 'data.mdb'), () => {
      makePrivateFolder(path);
      return new Tables(path);
    });
  }

  get(id: string): Uint8Array | undefined {
    return this.#folder.ifAny()?.fresh.records.get(id);
  }

  set(id: string, bytes: Uint8Array): void {
    const tables = this.#folder.made();
    const now = Date.now();
    const facts = { size: bytes.length, savedAt: now, usedAt: now, version: randomBytes(6).readUIntBE(0, 6) };
    tables.change(() => {
      tables.records.putSync(id, bytes);
      tables.facts.putSync(id, writeFacts(facts));
    });
  }

  delete(id: string): boolean {
    const tables = this.#folder.ifAny();
    if (tables === undefined) return false;
    return tables.change(() => {
      tables.records.removeSync(id);
      return tables.facts.removeSync(id);
    });
  }

  /** By pages: a reader that stays open keeps the room of all that is removed. */
  *entries(): Generator<StoredEntry, void> {
    let last = '';
    for (;;) {
      const range = { start: last, exclusiveStart: true, limit: PAGE };
      const rows = this.#folder.ifAny()?.fresh.facts.getRange(range).asArray ?? [];
      for (const { key, value } of rows) yield { id: key, ...readFacts(value) };
      if (rows.length < PAGE) return;
      last = rows.at(-1)?.key ?? '';
    }
  }

  clear(): void {
    const tables = this.#folder.ifAny();
    tables?.change(() => {
      tables.records.clearSync();
      tables.facts.clearSync();
    });
  }

  lease(id: string, ttl: number, me: string): ReturnType<Tables['lease']> {
    return this.#folder.made().lease(id, ttl, me);
  }

  heldBy(id: string): ReturnType<Tables['heldBy']> {
    return this.#folder.ifAny()?.heldBy(id);
  }

  close(): void {
    this.#folder.close();
  }

  readonly head: Required<StoreHead<'sync'>> = {
    peek: (id, length) => {
      const tables = this.#folder.ifAny()?.fresh;
      const bytes = tables?.records.get(id);
      const facts = tables?.factsOf(id);
      return bytes && facts && { ...facts, head: bytes.subarray(0, length) };
    },
    stat: (id) => this.#folder.ifAny()?.fresh.factsOf(id),
    touch: (id, at) => {
      const tables = this.#folder.ifAny();
      tables?.change(() => {
        const facts = tables.factsOf(id);
        if (facts !== undefined) tables.facts.putSync(id, writeFacts({ ...facts, usedAt: at }));
      });
    },
    stamp: (id) => this.#folder.ifAny()?.fresh.factsOf(id)?.version,
  };

  readonly counters: NonNullable<StoreDefinition<'sync'>['counters']> = {
    add: (group, deltas) => this.#folder.ifAny()?.addCounts(group, deltas),
    read: (group) => this.#folder.ifAny()?.countsOf(group),
    reset: (group) => this.#folder.ifAny()?.resetCounts(group),
  };
}
