import { describe, expect, it } from '@jest/globals';
import { defineStore } from '../../lib/stores/define-store.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { AsyncStore } from '../../lib/stores/store.ts';
import { tiered } from '../../lib/stores/tiered.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { bareStoreLater, makeTables, laterMembers, sevenMembers, type Tables } from '../support/bare-store.ts';
import { useClock } from '../support/clock.ts';
import { defer } from '../support/deferred.ts';
import { bytesOf, idOf, NEVER, stored, summary } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { testStore } from '../support/test-store.ts';

const tempFolder = useTempFolders();
const ID = idOf(0);
const [OLD, NEW] = [summary(bytesOf(10)), summary(bytesOf(20))];

testStore(
  'tiered(memoryStore(), a store far away)',
  () => {
    let now = Date.now();
    const tables = makeTables(() => now);
    const open = (): AsyncStore => tiered(memoryStore(), bareStoreLater(tables), { nearMaxAge: 0 });
    return { store: open(), other: open(), advance: (ms) => (now += ms) };
  },
  { keepsUses: false },
);

testStore(
  'tiered(fileStore(), fileStore())',
  () => {
    const store = tiered(fileStore({ path: tempFolder() }), fileStore({ path: tempFolder() }));
    return { store, other: store };
  },
  { runsOut: false },
);

/** A store far away that counts what is read of it. */
function makeFar(members: Partial<ReturnType<typeof laterMembers>> = {}): {
  far: AsyncStore;
  tables: Tables;
  reads: () => number;
} {
  const tables = makeTables();
  let reads = 0;
  const later = laterMembers(tables);
  const get = async (id: string): Promise<Uint8Array | undefined | null> => {
    reads++;
    return later.get(id);
  };
  return { far: defineStore<'async'>({ ...later, get, ...members }), tables, reads: () => reads };
}

describe('tiered', () => {
  const clock = useClock();

  it('reads near what was read or written before, and far away once it is nearMaxAge old', async () => {
    const { far, reads } = makeFar();
    await far.set(ID, [bytesOf(10)], NEVER);
    const store = tiered(memoryStore(), far, { nearMaxAge: '10s' });
    for (let n = 0; n < 3; n++) expect(await stored(store, ID)).toBe(OLD);
    expect(reads()).toBe(1);
    await far.set(ID, [bytesOf(20)], NEVER);
    clock.now += 9999;
    expect([await stored(store, ID), reads()]).toEqual([OLD, 1]);
    clock.now += 1;
    expect([await stored(store, ID), reads()]).toEqual([NEW, 2]);
    await store.set(ID, [bytesOf(10)], NEVER);
    expect([await stored(store, ID), await stored(far, ID), reads()]).toEqual([OLD, OLD, 3]);
    await store.delete(ID);
    expect([await store.get(ID), await far.get(ID)]).toEqual([undefined, undefined]);
  });

  it('does not serve what was read before a change and came after it', async () => {
    const [began, gate] = [defer<undefined>(), defer<undefined>()];
    const tables = makeTables();
    const later = laterMembers(tables);
    let isFirst = true;
    const far = defineStore<'async'>({
      ...later,
      async get(id) {
        const bytes = await later.get(id);
        if (isFirst) {
          isFirst = false;
          began.resolve(undefined);
          await gate.promise;
        }
        return bytes;
      },
    });
    await far.set(ID, [bytesOf(10)], NEVER);
    const store = tiered(memoryStore(), far);
    const reading = stored(store, ID);
    await began.promise;
    await store.set(ID, [bytesOf(20)], NEVER);
    gate.resolve(undefined);
    expect([await reading, await stored(store, ID)]).toEqual([OLD, NEW]);
  });

  it('asks far away after changes at the same time', async () => {
    const { far, reads } = makeFar();
    const store = tiered(memoryStore(), far);
    await Promise.all([store.set(ID, [bytesOf(10)], NEVER), store.set(ID, [bytesOf(20)], NEVER)]);
    expect([await stored(store, ID), reads()]).toEqual([await stored(far, ID), 1]);
  });

  it('serves nothing that could not be stored far away, and fails as that does', async () => {
    const fail = async (): Promise<never> => {
      throw new Error('gone');
    };
    const { far } = makeFar();
    await far.set(ID, [bytesOf(10)], NEVER);
    const broken = defineStore<'async'>({ ...laterMembers(makeTables()), set: fail, get: fail });
    const store = tiered(memoryStore(), broken);
    await expect(store.set(ID, [bytesOf(20)], NEVER)).rejects.toThrow(/gone/);
    await expect(store.get(ID)).rejects.toThrow(/gone/);
  });

  it('goes on where the near store fails', async () => {
    const fail = (): never => {
      throw new Error('full');
    };
    const near = defineStore({ ...sevenMembers(makeTables()), get: fail, set: fail, delete: fail, entries: fail });
    const { far } = makeFar();
    const store = tiered(near, far);
    await store.set(ID, [bytesOf(10)], NEVER);
    expect([await stored(store, ID), await store.delete(ID), await store.clear()]).toEqual([OLD, true, 0]);
  });

  it('is a store of a cache that answers with promises', async () => {
    const { far, reads } = makeFar();
    const cache = new TempCache('any', { store: tiered(memoryStore(), far), stats: false });
    const square = cache.wrap((n: number) => n * n, { name: 'square' });
    expect([await square(4), await square(4), (await square.cache.run(4)).status]).toEqual([16, 16, 'hit']);
    const before = reads();
    await square(4);
    expect([reads(), cache.path]).toEqual([before, undefined]);
    await cache.close();
    await expect(far.get(ID)).rejects.toThrow(/closed/);
  });

  it.each([
    [[memoryStore(), memoryStore(), { nearMaxAge: 'soon' }], /option nearMaxAge of tiered\(\)/],
    [[memoryStore(), memoryStore(), { maxAge: 1 }], /tiered\(\) has no option "maxAge"/],
    [[new Map(), memoryStore()], /use mapStore/],
    [[memoryStore(), {}], /its member kind/],
  ])('refuses what is wrong', (args, message) => {
    expect(() => tiered(...(args as unknown as Parameters<typeof tiered>))).toThrow(message);
  });
});
