import { describe, expect, it } from '@jest/globals';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SyncStore } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { bytesOf, entriesOf, idOf, NEVER, takeLease } from '../../lib/testing/support.ts';
import { testStore } from './test-store.ts';

/** What every store must do that lies in one place of the disk. */
export function testPlacedStore(
  name: string,
  makeStore: (options: { readonly path: string }) => SyncStore,
  newPath: () => string,
): void {
  // A holder is seen to live, so no lease of these specs runs out.
  testStore(
    name,
    () => {
      const path = newPath();
      return { store: makeStore({ path }), other: makeStore({ path }) };
    },
    { runsOut: false },
  );

  describe(name, () => {
    it('makes nothing on the disk before something is saved', () => {
      const path = newPath();
      const store = makeStore({ path });
      expect([store.get(idOf(0)), store.delete(idOf(0)), store.clear(), [...store.entries()]]).toEqual([
        undefined,
        false,
        0,
        [],
      ]);
      store.counters.add('a', { x: 1 });
      expect(existsSync(join(path, '..'))).toBe(false);
      store.set(idOf(0), [bytesOf(1)], NEVER);
      expect(existsSync(path)).toBe(true);
    });

    it('begins anew where its file was removed', async () => {
      const path = newPath();
      const store = makeStore({ path });
      store.set(idOf(0), [bytesOf(1)], NEVER);
      rmSync(join(path, '..'), { recursive: true });
      store.set(idOf(1), [bytesOf(2)], NEVER);
      expect((await entriesOf(makeStore({ path }))).map(({ id }) => id)).toEqual([idOf(1)]);
      rmSync(path, { recursive: true });
      expect(takeLease(store, idOf(1))?.takenOver).toBe(false);
      expect([store.get(idOf(1)), takeLease(makeStore({ path }), idOf(1))]).toEqual([undefined, undefined]);
    });

    it('tells each record from all others that its id has had', () => {
      const store = makeStore({ path: newPath() });
      const stamps = [1, 2, 3].map((length) => {
        store.set(idOf(0), [bytesOf(length)], NEVER);
        const stamp = store.stamp(idOf(0));
        store.delete(idOf(0));
        return stamp?.file;
      });
      expect(new Set(stamps).size).toBe(3);
      expect([store.stamps, store.stamp(idOf(0))]).toEqual([true, undefined]);
    });

    it('keeps sync functions sync, counts calls, checks values in memory', async () => {
      const path = newPath();
      const open = (): TempCache => new TempCache('any', { store: makeStore({ path }), memory: true });
      const cache = open();
      const load = (id: number): object => ({ id });
      expect([cache.cacheResult(load, 1), cache.cacheResult(load, 1)]).toEqual([{ id: 1 }, { id: 1 }]);
      expect(cache.path).toBeUndefined();
      open().itemForCall(load, 1).save({ id: 'changed' });
      expect(cache.cacheResult(load, 1)).toEqual({ id: 'changed' });
      cache.close();
      expect(open().stats()).toMatchObject({ entries: 1, misses: 1, hits: 2 });
    });

    it.each([
      [undefined, new RegExp(`path of ${name}`)],
      [{ path: '' }, new RegExp(`path of ${name}`)],
      [{ file: 'x' }, /has no option "file"/],
    ])('refuses options that are wrong: %p', (options, message) => {
      expect(() => makeStore(options as never)).toThrow(message);
    });
  });
}
