/** Whether a store answers at once or with promises. */
export type StoreKind = 'sync' | 'async';

/** What a store of a kind answers: the value itself, or a promise of it. */
export type Reply<K extends StoreKind, T> = K extends 'async' ? Promise<T> : T;
