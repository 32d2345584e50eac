/** What is read at each place where options are given. */

import type { OnEvent } from '../common/events.ts';
import type { CapturesRule, GivenDeps } from './dependencies.ts';
import type { CacheErrors, Judge, MaxAge } from './judging.ts';
import type { Limits, MemorySettings } from './limits.ts';
import type { AnyCallback } from './parse.ts';

/** What a cache does: all; nothing but compute; never save; never read. */
export type Mode = 'on' | 'off' | 'readonly' | 'refresh';

/** Options of a call, read: those of a cache, of which `with` and a function may have their own. */
export interface CallValues {
  /** Ms, or what decides it when a value is saved. */
  readonly maxAge: MaxAge;
  /** Undefined for the default, which is not known here. */
  readonly serializer: object | undefined;
  /** Classes whose instances are stored, which are checked elsewhere. */
  readonly types: readonly unknown[];
  readonly mode: Mode;
  /** Bytes of the largest record that is stored. */
  readonly maxEntryBytes: number;
  /** Ms past maxAge for which a value is served while it is computed anew. */
  readonly staleWhileRevalidate: number;
  /** Ms past maxAge for which a value stands in for a computation that fails. */
  readonly staleIfError: number;
  /** Ms to wait for another call that computes the same, in this process or in another one. */
  readonly waitTimeout: number;
  /** Ms that a computation may take. */
  readonly computeTimeout: number;
  readonly captures: CapturesRule;
  /** Variables of the environment that count. */
  readonly env: readonly string[];
  /** Gives the paths of the files that count. */
  readonly files: AnyCallback | undefined;
  /** Whether a stored value is good. */
  readonly validate: Judge | undefined;
  /** Makes of a value what is stored of it. */
  readonly toStored: AnyCallback | undefined;
  /** Makes the value of what is stored of it. */
  readonly fromStored: AnyCallback | undefined;
  /** Whether the process warns of what is not stored. */
  readonly warnings: boolean;
  /** Which failures are kept, and for how long. */
  readonly cacheErrors: CacheErrors | undefined;
}

/** Options of a view of a cache, read: those of a cache, of which `with` may have its own. */
export interface ViewValues extends CallValues {
  readonly salt: string;
  readonly onEvent: OnEvent | undefined;
}

/** Options of a cache, read, but for its store. */
export interface CacheValues extends ViewValues, Limits {
  readonly stats: boolean;
  /** Undefined for no tier in memory. */
  readonly memory: MemorySettings | undefined;
}

/** Options that only a function has, read. */
export interface FunctionValues {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly deps: GivenDeps | undefined;
  readonly key: AnyCallback | undefined;
  readonly ignoreThis: boolean;
  readonly sameEverywhere: boolean;
  readonly shouldCache: ((value: unknown, ...args: readonly unknown[]) => boolean) | undefined;
  readonly label: ((...args: readonly unknown[]) => string) | undefined;
}

/** Options of a store, read. */
export interface StoreValues {
  /** Undefined for files in the folder of the cache. */
  readonly store: object | string | undefined;
}

/** What is read at each place where options are given. What is not given there is taken from the cache that is there. */
export interface ValuesAt {
  readonly TempCache: CacheValues & StoreValues;
  readonly 'TempCache.temporary()': CacheValues;
  readonly 'with()': Partial<ViewValues>;
  readonly 'wrap()': FunctionValues & Partial<CallValues>;
}

/** A place where options are given, as messages call it. */
export type Place = keyof ValuesAt;
