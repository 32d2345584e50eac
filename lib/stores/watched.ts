import { isPromise } from 'node:util/types';
import { STORE_METHODS } from './define-store.ts';
import type { Store } from './store.ts';

/** Called with the id of a record that is written or removed, before and after; with undefined for all. */
export type OnChange = (id?: string) => void;

/** What changes one record, and what changes all. */
const OF_ONE = ['set', 'delete'] as const;
const OF_ALL = ['clear', 'destroy', 'close'] as const;

/** The same store, which reports what is changed through it. */
export function watched<S extends Store>(store: S, onChange: OnChange): S;
export function watched(store: Store, onChange: OnChange): Store {
  const { kind, path, scope, counters } = store;
  const methods: Record<string, unknown> = {};
  for (const method of STORE_METHODS) methods[method] = (store[method] as () => unknown).bind(store);
  for (const method of [...OF_ONE, ...OF_ALL]) {
    const isOfOne = (OF_ONE as readonly string[]).includes(method);
    methods[method] = (...args: readonly unknown[]) =>
      around(onChange, isOfOne ? (args[0] as string) : undefined, (): unknown =>
        Reflect.apply(store[method], store, args),
      );
  }
  const fixed = {
    kind,
    path,
    scope,
    counters,
    // To find it out takes longer than many hits.
    get holder() {
      return store.holder;
    },
    get stamps() {
      return store.stamps;
    },
  };
  return Object.assign(fixed, methods) as unknown as Store;
}

/** Reports before and after the work, whether that answers at once or with a promise, and whether it fails. */
function around<T>(onChange: OnChange, id: string | undefined, work: () => T): T {
  onChange(id);
  let result: T | undefined;
  try {
    result = work();
    return isPromise(result) ? (result.finally(() => onChange(id)) as T) : result;
  } finally {
    if (!isPromise(result)) onChange(id);
  }
}
