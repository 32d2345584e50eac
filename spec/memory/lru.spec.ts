import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lru } from '../../lib/memory/lru.ts';

/** The same by a list, oldest first. */
class Model {
  entries: [key: string, value: number, size: number][] = [];

  get(key: string): number | undefined {
    const found = this.entries.find(([other]) => other === key);
    if (found === undefined) return undefined;
    this.entries = [...this.entries.filter((entry) => entry !== found), found];
    return found[1];
  }

  set(key: string, value: number, size: number): void {
    this.delete(key);
    if (size > 20) return;
    this.entries.push([key, value, size]);
    while (this.entries.length > 5 || this.size > 20) this.entries.shift();
  }

  delete(key: string): void {
    this.entries = this.entries.filter(([other]) => other !== key);
  }

  get size(): number {
    return this.entries.reduce((sum, [, , size]) => sum + size, 0);
  }
}

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const operation = fc.oneof(
  fc.record({ name: fc.constant('get' as const), key }),
  fc.record({ name: fc.constant('set' as const), key, value: fc.nat(), size: fc.nat(25) }),
  fc.record({ name: fc.constant('delete' as const), key }),
);

describe('A bounded map', () => {
  it('forgets what was used least recently, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const lru = new Lru<number>({ maxEntries: 5, maxSize: 20 });
        const model = new Model();
        for (const step of operations) {
          if (step.name === 'get') expect(lru.get(step.key)).toBe(model.get(step.key));
          else if (step.name === 'delete') for (const map of [lru, model]) map.delete(step.key);
          else for (const map of [lru, model]) map.set(step.key, step.value, step.size);
          expect([lru.length, lru.size]).toEqual([model.entries.length, model.size]);
        }
      }),
    );
  });

  it('is empty once it was cleared, and takes new values', () => {
    const lru = new Lru<string>({ maxEntries: 2, maxSize: Infinity });
    lru.set('a', 'A', 1);
    lru.clear();
    expect([lru.get('a'), lru.length, lru.size]).toEqual([undefined, 0, 0]);
    for (const name of ['b', 'c', 'd']) lru.set(name, name, 1);
    expect(['b', 'c', 'd'].map((name) => lru.get(name))).toEqual([undefined, 'c', 'd']);
  });
});
