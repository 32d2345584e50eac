import { afterEach, beforeEach, expect } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { isTempCacheError } from '../../lib/common/errors.ts';
import { defineStore } from '../../lib/stores/define-store.ts';
import type { Store, StoreKind } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { laterMembers, makeTables, sevenMembers } from './bare-store.ts';
import { makeTrace, type Trace } from './trace.ts';

/** A cache over a store of a user's own, whose members can be replaced at any time. */
export interface Tried {
  readonly cache: TempCache<Store>;
  readonly trace: Trace;
  readonly members: Record<string, unknown>;
}

/** A store of seven members, some of them as they are given. */
export function tryStore(kind: StoreKind, members: object = {}): Tried {
  const tables = makeTables();
  const definition = { ...(kind === 'sync' ? sevenMembers(tables) : laterMembers(tables)), ...members };
  const trace = makeTrace();
  const store: Store = defineStore<StoreKind>(definition);
  const cache = new TempCache<Store>('hostile', { store, onEvent: trace.onEvent, waitTimeout: 30, stats: false });
  return { cache, trace, members: definition };
}

/** Requires that no promise is rejected without anybody who hears of it: that would end a process. */
export function useNoRejections(): void {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): void => void rejections.push(reason);
  beforeEach(() => {
    process.on('unhandledRejection', onRejection);
  });
  afterEach(async () => {
    await setImmediate();
    process.off('unhandledRejection', onRejection);
    expect(rejections.splice(0)).toEqual([]);
  });
}

/** Requires of an explicit call that it fails with an error of the package, if it fails. */
export async function expectStoreErrorOrNothing(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isTempCacheError(error)) throw error;
    expect(['ERR_TEMPCACHE_STORE', 'ERR_TEMPCACHE_MISSING_ITEM']).toContain(error.code);
  }
}

export const compute = (): string => 'computed';
export const computeLater = async (): Promise<string> => 'computed';

const proxy = Proxy.revocable({}, {});
proxy.revoke();
/** What throws whatever is asked of it. */
export const REVOKED: unknown = proxy.proxy;
