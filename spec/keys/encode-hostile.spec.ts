import { describe, expect, it } from '@jest/globals';
import { idOf } from '../support/key-ids.ts';
import { refusalOf } from '../support/key-refusal-of.ts';

const LIMIT = 10_000;

/** A value with so many objects around it. */
function deep(levels: number, value: unknown, around: (value: unknown) => unknown = (inner) => [inner]): unknown {
  let outer = value;
  for (let level = 0; level < levels; level++) outer = around(outer);
  return outer;
}

/** As many paths as there are atoms in the world, through 200 objects. */
const laughs: readonly [string, (inner: unknown) => unknown][] = [
  ['arrays', (inner) => [inner, inner]],
  ['objects', (inner) => ({ a: inner, b: inner })],
  ['objects without prototype', (inner) => Object.assign(Object.create(null) as object, { a: inner, b: inner })],
  ['sets', (inner) => new Set([inner, [inner]])],
  ['maps', (inner) => new Map([[inner, inner]])],
  ['errors', (inner) => new AggregateError([inner], 'a', { cause: inner })],
];

describe('a hostile key', () => {
  it('may be nested 10,000 levels, and no deeper', () => {
    expect(idOf(deep(LIMIT, 1))).not.toBe(idOf(deep(LIMIT, 2)));
    expect(refusalOf(deep(LIMIT + 1, 1)).message).toMatch(/deeper than 10,000 levels/);
    expect(refusalOf(deep(LIMIT + 1, 1, (inner) => new Map([[inner, 1]]))).message).toMatch(/deeper/);
    expect(refusalOf(deep(1e6, 1, (inner) => ({ inner }))).message).toMatch(/deeper/);
  });

  it.each(laughs)('of %s that all stand in many places is keyed by what it holds', (_name, around) => {
    const key = idOf(deep(200, 'a', around));
    expect(idOf(deep(200, 'a', around))).toBe(key);
    expect(idOf(deep(200, 'b', around))).not.toBe(key);
    expect(idOf(deep(201, 'a', around))).not.toBe(key);
  });

  it('of objects that all stand in many places, with a cycle in each, is refused', () => {
    const root: unknown[] = [];
    root.push(deep(60, root, (inner) => [inner, inner]));
    expect(refusalOf(root).message).toMatch(/over two million objects/);
    const row = {};
    const rows = Array.from({ length: 2_000_001 }, () => row);
    expect(refusalOf(undefined, [1, { rows }])).toMatchObject({ path: 'args[1].rows' });
  });

  it('with more in one object than memory should hold is refused', () => {
    const text = 'x'.repeat(4096);
    const texts = Array.from({ length: 20_000 }, () => text);
    expect(refusalOf({ rows: [texts] })).toMatchObject({
      path: 'key.rows[0]',
      message: expect.stringMatching(/^key\.rows\[0\] is too large for a key \(over 64 MiB in one object\)/),
    });
    expect(refusalOf(undefined, [1, Array.from({ length: 8_000_000 }, () => 0.5)])).toMatchObject({ path: 'args[1]' });
  });

  it('with more to hash than time should allow is refused', () => {
    const bytes = new Uint8Array(32 * 1024 * 1024);
    const chunks = Array.from({ length: 100 }, () => bytes);
    expect(refusalOf({ video: { chunks } })).toMatchObject({
      path: 'key.video.chunks',
      message: expect.stringMatching(/2 GiB of binary data/),
    });
  });

  it('of many sets in sets around something large is keyed', () => {
    const around = (inner: unknown): unknown => new Set([1, inner]);
    const large = (last: string): unknown => [...Array.from({ length: 1e5 }, (_, index) => `key ${index}`), last];
    expect(idOf(deep(5000, large('a'), around))).toBe(idOf(deep(5000, large('a'), around)));
    expect(idOf(deep(5000, large('a'), around))).not.toBe(idOf(deep(5000, large('b'), around)));
  });

  it('that is a sparse array of four billion elements is keyed by those it has', () => {
    const sparse = (at: number): unknown[] => Object.assign([] as unknown[], { length: 4e9, [at]: 1 });
    expect(idOf(sparse(3e9))).toBe(idOf(sparse(3e9)));
    expect(idOf(sparse(3e9))).not.toBe(idOf(sparse(3e9 + 1)));
  });
});
