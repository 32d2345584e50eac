import { expect } from '@jest/globals';
import type { TempCacheOptions } from '../../lib/assemble.ts';
import { isItemId, isNoteId } from '../../lib/common/ids.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from './clock.ts';
import { useCaches, type CacheUnderTest, type StoreKind } from './store-kinds.ts';

/** A cache with limits whose items have keys of one letter, saved and loaded one second after another. */
export interface LimitedCache extends CacheUnderTest {
  /** Saves an item of a size, or of one character. */
  save(key: string, size?: number): Promise<void>;
  load(key: string): Promise<void>;
  /** The keys of the items that are there, in the order of the alphabet. */
  keys(): Promise<string>;
  /** Bytes of all records but the cache's own notes. */
  bytes(): Promise<number>;
  /** How many records there are that are no items: the chunks of generators. */
  chunks(): Promise<number>;
}

/** Makes such caches, over a store of its own or over that of another one. */
export type MakeLimited = (options: Omit<TempCacheOptions, 'store' | 'onEvent'>, over?: LimitedCache) => LimitedCache;

export function useLimitedCaches(kind: StoreKind): MakeLimited {
  const make = useCaches(kind);
  const clock = useClock();
  return (options, over) => {
    const made = over === undefined ? make(options) : again(over, options);
    const { cache, inner } = made;
    const entries = async (): Promise<{ id: string; size: number }[]> => {
      const all = [];
      for await (const entry of inner.entries()) if (!isNoteId(entry.id)) all.push(entry);
      return all;
    };
    return {
      ...made,
      async save(key, size = 1) {
        clock.now += 1000;
        const item = cache.itemForKey(key);
        await item.save('x'.repeat(size));
        // Files are of the time of the machine.
        await inner.touch(item.id, clock.now);
      },
      async load(key) {
        clock.now += 1000;
        expect(await cache.itemForKey(key).load()).toMatch(/^x+$/);
      },
      async keys() {
        const ids = new Set((await entries()).map(({ id }) => id));
        return 'abcdefghijklmnopqrstuvwxyz'
          .split('')
          .filter((key) => ids.has(cache.itemForKey(key).id))
          .join('');
      },
      bytes: async () => (await entries()).reduce((sum, { size }) => sum + size, 0),
      chunks: async () => (await entries()).filter(({ id }) => !isItemId(id)).length,
    };
  };
}

function again(over: LimitedCache, options: Omit<TempCacheOptions, 'store'>): CacheUnderTest {
  const { store, trace } = over;
  return { ...over, cache: new TempCache<Store>('spec', { ...options, store, onEvent: trace.onEvent }) };
}
