import { describe, expect, it } from '@jest/globals';
import { watched } from '../../lib/stores/watched.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { makeFaulty } from '../support/faulty-store.ts';
import { testStore } from '../support/test-store.ts';

const ID = 'a'.repeat(64);
const NEVER = { expiresAt: Infinity };

testStore('A watched memoryStore', () => {
  let now = 1_800_000_000_000;
  const store = watched(memoryStore({ clock: () => now }), () => undefined);
  return { store, other: store, advance: (ms) => (now += ms) };
});

testStore('A watched memoryStore, asynchronous', () => {
  let now = 1_800_000_000_000;
  const store = watched(memoryStore({ async: true, clock: () => now }), () => undefined);
  return { store, other: store, advance: (ms) => (now += ms) };
});

describe('A watched store', () => {
  it.each([
    ['at once', () => memoryStore()],
    ['with promises', () => memoryStore({ async: true })],
  ])('that answers %s tells before and after of all that changes', async (_name, make) => {
    const told: unknown[] = [];
    const store = watched(make() as ReturnType<typeof memoryStore>, (id) => void told.push(id));
    await store.set(ID, [new Uint8Array(1)], NEVER);
    await store.get(ID);
    expect(told.splice(0)).toEqual([ID, ID]);
    await store.delete(ID);
    expect(told.splice(0)).toEqual([ID, ID]);
    for (const change of [() => store.clear(), () => store.destroy(), () => store.close()]) {
      await change();
      expect(told.splice(0)).toEqual([undefined, undefined]);
    }
  });

  it('tells of what fails, too', () => {
    const faulty = makeFaulty(memoryStore());
    const told: unknown[] = [];
    const store = watched(faulty.store, (id) => void told.push(id));
    faulty.break('set', { error: new Error('full') });
    expect(() => store.set(ID, [new Uint8Array(1)], NEVER)).toThrow('full');
    expect(told).toEqual([ID, ID]);
  });
});
