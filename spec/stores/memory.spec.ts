import { describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../lib/stores/memory.ts';
import { bytesOf, idOf, NEVER } from '../support/store-suite/use-store.ts';
import { testStore } from '../support/test-store.ts';

testStore('memoryStore', () => {
  let now = 1_800_000_000_000;
  const store = memoryStore({ clock: () => now });
  return { store, other: store, advance: (ms) => (now += ms) };
});

testStore('memoryStore, asynchronous', () => {
  let now = 1_800_000_000_000;
  const store = memoryStore({ async: true, clock: () => now });
  return { store, other: store, advance: (ms) => (now += ms) };
});

describe('memoryStore', () => {
  it('has no folder and no files', () => {
    for (const store of [memoryStore(), memoryStore({ async: true })]) {
      expect(store.path).toBeUndefined();
      expect(store.pathOf(idOf(0))).toBeUndefined();
    }
  });

  it('has a scope of its own', () => {
    expect(memoryStore().scope).not.toBe(memoryStore().scope);
  });

  it('hands out parts that span their memory', () => {
    const store = memoryStore();
    store.set(idOf(0), [bytesOf(10), bytesOf(10)], NEVER);
    const [part] = store.get(idOf(0)) ?? [];
    expect(part?.buffer.byteLength).toBe(20);
  });

  it('takes a read for a use', () => {
    let now = 1000;
    const store = memoryStore({ clock: () => now });
    store.set(idOf(0), [bytesOf(1)], NEVER);
    now = 2000;
    store.get(idOf(0));
    expect([...store.entries()]).toEqual([{ id: idOf(0), size: 1, lastUsedAt: 2000 }]);
  });

  it('answers in a later turn when it is asynchronous', async () => {
    const order: string[] = [];
    const store = memoryStore({ async: true });
    const answer = store.set(idOf(0), [bytesOf(1)], NEVER).then(() => order.push('answer'));
    await Promise.resolve().then(() => order.push('microtask'));
    await answer;
    expect(order).toEqual(['microtask', 'answer']);
  });
});
