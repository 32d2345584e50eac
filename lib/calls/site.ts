import type { Store } from '../stores/store.ts';
import type { Settings } from './settings.ts';

/** What the caches over one store share in this process. */
export interface Shared<S extends Store = Store> {
  readonly store: S;
  /** The computations that run at this moment, by id. */
  readonly running: Map<string, Promise<unknown>>;
  /** How many computations have ended: tells whether one did while an asynchronous store was looked up. */
  ended: number;
}

/** All that is fixed about the calls of one function, or about one item. */
export interface Site<S extends Store = Store> {
  readonly shared: Shared<S>;
  readonly settings: Settings;
  /** The name of the function; an empty string for an item without one. */
  readonly name: string;
  /** Whether the function is declared `async`: then it answers with a promise whatever the record says. */
  readonly promised: boolean;
  /** Whether the function was seen to answer with a promise, for values that are saved by hand. */
  seenPromise: boolean;
  readonly shouldCache: ((value: unknown, ...args: readonly unknown[]) => boolean) | undefined;
  readonly label: ((...args: readonly unknown[]) => string) | undefined;
}

/** A site whose store answers at once. */
export type SyncSite = Site<Store & { kind: 'sync' }>;
/** A site whose store answers with promises. */
export type AsyncSite = Site<Store & { kind: 'async' }>;

/** The function to run where nothing is stored. */
export interface Work {
  readonly fn: (...args: readonly unknown[]) => unknown;
  readonly self: unknown;
  readonly args: readonly unknown[];
  /** What made the id of `self` and `args`; left out where they have no part in it. */
  readonly idOf?: (self: unknown, args: readonly unknown[]) => string;
}
