import { describe, expect, it } from '@jest/globals';
import { loneCache } from '../../support/identity.ts';

describe('The captures of a cached function', () => {
  it('list each variable, as what it counts, and where it stands', () => {
    let calls = 0;
    const rate = 1.1;
    const format = new Intl.NumberFormat('en');
    const helper = (n: number): string => {
      calls += 1;
      return format.format(n * rate);
    };
    const cached = loneCache().wrap(function cached(n: number): string {
      return helper(n);
    });
    const { rule, message, captures } = cached.cache.captures();
    expect({ rule, message }).toEqual({ rule: 'auto', message: 'Its name, its text and what it captures count.' });
    const found = captures.map(({ name, of, kind, value }) => [of, name, kind, value]);
    expect(found).toEqual([
      ['cached', 'helper', 'function', undefined],
      ['helper', 'calls', 'state', 0],
      ['helper', 'format', 'opaque', undefined],
      ['helper', 'rate', 'value', 1.1],
    ]);
    for (const { file, line, fingerprint, why } of captures) {
      expect(file).toBe(import.meta.filename);
      expect(line).toBeGreaterThan(5);
      expect(fingerprint).toMatch(/^[0-9a-f]{8}$/);
      expect(why).not.toBe('');
    }
    expect(captures[0]?.line).toBe(captures[1]?.line);
  });

  it('say which rule holds', () => {
    const load = (n: number): number => n;
    const rules = (['code', 'off'] as const).map((captures) => {
      const { rule, message } = loneCache({ captures }).wrap(load).cache.captures();
      return [rule, message];
    });
    expect(rules).toEqual([
      ['code', 'Its name, its text and the functions and classes that it captures count.'],
      ['off', 'Its name and its text count.'],
    ]);
  });

  it('say why a function goes without the cache', () => {
    const cache = loneCache();
    const make = (client: object) =>
      cache.wrap(function load(n: number): string {
        return `${n} ${typeof client}`;
      });
    const [first, second] = [make(new Set([new WeakMap()])), make(new Set([new WeakMap()]))];
    first(1);
    expect(first.cache.captures().message).toBe('Its name, its text and what it captures count.');
    expect(second.cache.captures().message).toMatch(/goes without the cache: it captures another "client"/);
  });
});
