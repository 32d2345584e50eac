import type { CacheItem } from '../../lib/cache-item.ts';
import type { FunctionOptions } from '../../lib/functions/function-options.ts';
import type { Store } from '../../lib/stores/store.ts';
import type { TempCache } from '../../lib/temp-cache.ts';

/** A call that is ready to be made, as often as a spec likes, and its item. */
export interface Asked {
  readonly call: () => unknown;
  readonly item: CacheItem<Store>;
}

/** A way to ask for a value that is computed where it is not stored. */
export interface Way {
  readonly name: string;
  readonly ask: (cache: TempCache<Store>, compute: () => unknown) => Asked;
}

const OPTIONS: FunctionOptions = { name: 'compute' };

/** All the ways: the failure policy is one for all of them. */
export const ways: readonly Way[] = [
  {
    name: 'a wrapped call',
    ask(cache, compute) {
      const wrapped = cache.wrap(compute, OPTIONS);
      return { call: wrapped, item: wrapped.cache.itemFor() };
    },
  },
  {
    name: 'a wrapped async call',
    ask(cache, compute) {
      const wrapped = cache.wrap(async () => compute(), OPTIONS);
      return { call: wrapped, item: wrapped.cache.itemFor() };
    },
  },
  {
    name: 'cacheResult',
    ask: (cache, compute) => ({ call: () => cache.cacheResult(compute), item: cache.itemForCall(compute) }),
  },
  {
    name: 'loadOrSave',
    ask(cache, compute) {
      const item = cache.itemForKey('compute');
      return { call: () => item.loadOrSave(compute), item };
    },
  },
  {
    name: 'loadOrSave of a promise',
    ask(cache, compute) {
      const item = cache.itemForKey('compute');
      return { call: () => item.loadOrSave(async () => compute()), item };
    },
  },
];
