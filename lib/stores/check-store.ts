import { checkDefinition } from './check-definition.ts';
import { completeStore } from './complete.ts';
import type { StoreDefinition } from './definition.ts';
import type { Store } from './store.ts';

/** The names of the functions that every store has. */
export type StoreMethod = {
  [M in keyof Store]: Store[M] extends (...args: never[]) => unknown ? M : never;
}[keyof Store];

/** As the type says, none left out. */
const METHODS: Readonly<Record<StoreMethod, true>> = {
  get: true,
  peek: true,
  set: true,
  stat: true,
  stamp: true,
  touch: true,
  delete: true,
  entries: true,
  clear: true,
  sweep: true,
  lease: true,
  destroy: true,
  close: true,
  pathOf: true,
};

export const STORE_METHODS: readonly StoreMethod[] = Object.keys(METHODS) as StoreMethod[];

/**
 * The store that a user gave: one that is complete as it is, such as `memoryStore()`, another one completed.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no store
 */
export function checkStore<S extends Store>(store: S | undefined): S | undefined {
  if (store === undefined || isComplete(store)) return store;
  checkDefinition(store, 'The option store');
  return completeStore(store as unknown as StoreDefinition) as unknown as S;
}

/** Whether it has all that the cache asks for: nobody has that by chance. */
function isComplete(store: Store): boolean {
  return (
    (store?.kind === 'sync' || store?.kind === 'async') &&
    STORE_METHODS.every((method) => typeof store[method] === 'function') &&
    isCounters(store.counters)
  );
}

function isCounters(counters: Store['counters'] | undefined): boolean {
  return (['add', 'read', 'reset'] as const).every((method) => typeof counters?.[method] === 'function');
}
