import { afterEach } from '@jest/globals';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import type { TempCacheOptions } from '../../lib/assemble.ts';
import { makeFaulty, type FaultyStore } from './faulty-store.ts';
import { useTempFolders } from './temp-folder.ts';
import { makeTrace, type Trace } from './trace.ts';

/** A kind of store that specs of the cache run on. */
export interface StoreKind {
  readonly kind: 'sync' | 'async';
  readonly name: string;
  readonly make: (folder: () => string) => Store;
}

/** Both kinds of answers, and the store of everyday. */
export const storeKinds: readonly StoreKind[] = [
  { kind: 'sync', name: 'memoryStore()', make: () => memoryStore() },
  { kind: 'async', name: 'memoryStore({ async: true })', make: () => memoryStore({ async: true }) },
  { kind: 'sync', name: 'fileStore()', make: (folder) => fileStore({ path: `${folder()}/cache` }) },
];

/** A cache over a store that the spec can break, and what it told. */
export interface CacheUnderTest extends FaultyStore {
  readonly cache: TempCache<Store>;
  readonly trace: Trace;
}

/** Makes a cache over a store of its own, or over one that is given. */
export type MakeCache = (options?: Omit<TempCacheOptions, 'store' | 'onEvent'>, over?: Store) => CacheUnderTest;

/** Makes caches over stores of one kind, each with a store of its own. */
export function useCaches({ make }: StoreKind): MakeCache {
  const folder = useTempFolders();
  const made: CacheUnderTest[] = [];
  afterEach(async () => {
    for (const { cache, mend } of made.splice(0)) {
      mend();
      await cache.close();
    }
  });
  return (options = {}, over = make(folder)) => {
    const faulty = makeFaulty(over);
    const trace = makeTrace();
    const cache = new TempCache<Store>('spec', { ...options, store: faulty.store, onEvent: trace.onEvent });
    const current = { ...faulty, cache, trace };
    made.push(current);
    return current;
  };
}
