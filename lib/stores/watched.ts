import { isPromise } from 'node:util/types';

import type { AsyncStore, Store, SyncStore } from './store.ts';

/** Told of the id of a record that is written or removed, before and after; of undefined for all. */
export type OnChange = (id?: string) => void;

/** The same store, which tells what is changed through it. */
export function watched<S extends Store>(store: S, onChange: OnChange): S;
export function watched(store: Store, onChange: OnChange): Store {
  return store.kind === 'sync' ? watchedSync(store, onChange) : watchedAsync(store, onChange);
}

function watchedSync(store: SyncStore, onChange: OnChange): SyncStore {
  return {
    ...unchanging(store),
    kind: 'sync',
    set: (id, record, hints) => around(onChange, id, () => store.set(id, record, hints)),
    delete: (id) => around(onChange, id, () => store.delete(id)),
    clear: (keep) => around(onChange, undefined, () => store.clear(keep)),
    destroy: () => around(onChange, undefined, () => store.destroy()),
    close: () => around(onChange, undefined, () => store.close()),
  };
}

function watchedAsync(store: AsyncStore, onChange: OnChange): AsyncStore {
  return {
    ...unchanging(store),
    kind: 'async',
    set: async (id, record, hints) => around(onChange, id, async () => store.set(id, record, hints)),
    delete: async (id) => around(onChange, id, async () => store.delete(id)),
    clear: async (keep) => around(onChange, undefined, async () => store.clear(keep)),
    destroy: async () => around(onChange, undefined, async () => store.destroy()),
    close: async () => around(onChange, undefined, async () => store.close()),
  };
}

type Changing = 'kind' | 'set' | 'delete' | 'clear' | 'destroy' | 'close';

/** What changes nothing, or what nobody keeps: passed on as it is. */
function unchanging<S extends Store>(store: S): Omit<S, Changing> {
  const { path, scope, holder, stamps, counters } = store;
  const bound = ['get', 'peek', 'stat', 'touch', 'entries', 'sweep', 'lease', 'holderOf'] as const;
  const members = [...bound, 'pathOf', 'stamp'] as const;
  const passed = Object.fromEntries(
    members.map((member) => [member, (...args: unknown[]): unknown => Reflect.apply(store[member], store, args)]),
  );
  return { ...passed, path, scope, holder, stamps, counters } as unknown as Omit<S, Changing>;
}

/** Tells before and after the work, whether that answers at once or with a promise, and whether it fails. */
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
