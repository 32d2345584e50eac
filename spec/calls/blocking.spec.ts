import { describe, expect, it } from '@jest/globals';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import type { SyncStore } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { defer } from '../support/deferred.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { makeTrace } from '../support/trace.ts';

const folder = useTempFolders();
const clock = useClock();

/** A store of a folder that takes others of the same folder for others. */
function storeApart(path: string): SyncStore {
  const scope = {};
  return new Proxy(fileStore({ path }), {
    get(store, property) {
      const member: unknown = property === 'scope' ? scope : Reflect.get(store, property);
      return typeof member === 'function' ? (member.bind(store) as unknown) : member;
    },
  });
}

describe('A synchronous call, which blocks its thread while it waits', () => {
  it('does not wait for a computation of that very thread, which could never end', async () => {
    const path = `${folder()}/cache`;
    // The caches do not know of each other; only the lease tells.
    const [first, second] = [1, 2].map(() => new TempCache('apart', { store: storeApart(path), waitTimeout: '9s' }));
    const pending = defer<string>();
    const later = first?.itemForKey(1).loadOrSave(async () => pending.promise);
    const began = performance.now();
    expect(second?.itemForKey(1).loadOrSave(() => 'at once')).toBe('at once');
    expect(performance.now() - began).toBeLessThan(8000);
    pending.resolve('later');
    expect(await later).toBe('later');
  });

  it('is served what is computed behind a stale value by a call that knows of it, and waits for nothing', async () => {
    const trace = makeTrace();
    const cache = new TempCache(`${folder()}/cache`, { waitTimeout: '9s', onEvent: trace.onEvent });
    const stale = cache.with({ maxAge: '1m', staleWhileRevalidate: true });
    const [begun, pending] = [defer<undefined>(), defer<string>()];
    cache.itemForKey(1).save('old');
    clock.now += 60_000;
    const behind = async (): Promise<string> => {
      begun.resolve(undefined);
      return pending.promise;
    };
    expect(await stale.itemForKey(1).loadOrSave(behind)).toBe('old');
    await begun.promise;
    // The lease is held for the refresh, in this thread. This caller takes nothing that is old.
    const strict = cache.with({ maxAge: '1m' });
    const began = performance.now();
    expect(strict.itemForKey(1).loadOrSave(() => 'at once')).toBe('at once');
    expect(performance.now() - began).toBeLessThan(8000);
    trace.take();
    pending.resolve('new');
    while (!trace.take().includes('save')) await new Promise(setImmediate);
    expect(cache.itemForKey(1).load()).toBe('new');
  });
});
