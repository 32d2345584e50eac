import { invalidArgument } from '../common/errors.ts';
import type { Store } from './store.ts';

const STORE_METHODS = [
  'get',
  'peek',
  'set',
  'stat',
  'stamp',
  'touch',
  'delete',
  'entries',
  'clear',
  'sweep',
  'lease',
  'holderOf',
  'destroy',
  'close',
  'pathOf',
] as const satisfies readonly (keyof Store)[];

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no store */
export function checkStore<S extends Store>(store: S | undefined): S | undefined {
  if (store === undefined) return undefined;
  const isStore =
    (store?.kind === 'sync' || store?.kind === 'async') &&
    STORE_METHODS.every((method) => typeof store[method] === 'function') &&
    (store.counters === undefined || isCounters(store.counters));
  if (isStore) return store;
  throw invalidArgument('The option store must be a store such as memoryStore() or fileStore({ path })');
}

function isCounters(counters: NonNullable<Store['counters']>): boolean {
  return (['add', 'read', 'reset'] as const).every((method) => typeof counters[method] === 'function');
}
