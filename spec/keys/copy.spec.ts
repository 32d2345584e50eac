import { describe, expect, it } from '@jest/globals';
import { types } from 'node:util';
import fc from 'fast-check';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import { copyOf } from '../../lib/keys/copy.ts';
import { build } from '../support/key-build.ts';
import { idOf } from '../support/key-ids.ts';
import { foreignPairsOf, lawful, pairsOf } from '../support/key-pairs.ts';
import { recipes } from '../support/key-recipes.ts';
import { sameValue } from '../support/same-value.ts';

/** A copy of one value, and whether all of it was copied. */
function copy<T>(value: T): { readonly copied: T; readonly isWhole: boolean } {
  const { values, isWhole } = copyOf([value]);
  return { copied: (values ?? [value])[0] as T, isWhole };
}

/** All objects that lead from a value to others, and itself. */
function objectsIn(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  const members = types.isMap(value) ? [...value].flat() : types.isSet(value) ? [...value] : [];
  // To look at a stack is to make it a text.
  const names = Reflect.ownKeys(value).filter((name) => name !== 'stack');
  const own = ArrayBuffer.isView(value) ? [value.buffer] : names.map((name) => Reflect.get(value, name) as unknown);
  for (const member of [...members, ...own]) objectsIn(member, found);
  return found;
}

function hasText(error: Error): boolean {
  try {
    return typeof error.stack === 'string';
  } catch {
    return false;
  }
}

/** `sameValue`, but where the stack of an error cannot be made a text, for its name and message may be anything. */
function looksSame(copied: unknown, value: unknown): boolean {
  const stacks = [...objectsIn(value)].filter((object) => types.isNativeError(object) && !hasText(object));
  return stacks.length > 0 || sameValue(copied, value);
}

/** Whether a copy is the same in all that can be seen, has the same key, and has no object with the original in common. */
function isCopied(value: unknown): boolean {
  const { copied, isWhole } = copy(value);
  const originals = objectsIn(value);
  return (
    isWhole &&
    looksSame(copied, value) &&
    idOf(copied) === idOf(value) &&
    [...objectsIn(copied)].every((object) => !originals.has(object))
  );
}

describe('A copy of a value that can be keyed', () => {
  it('is the same in all that can be seen, and shares nothing with it', () => {
    fc.assert(fc.property(recipes, (recipe) => isCopied(build(recipe))));
    const rows = lawful.filter((row) => !/Proxy|SharedArray|maxByteLength/.test(row));
    for (const pair of [...pairsOf(rows), ...foreignPairsOf(rows)])
      expect([pair.text, isCopied(pair.first()), isCopied(pair.second())]).toEqual([pair.text, true, true]);
  });

  it('keeps prototypes, sharing, cycles, hidden properties, and what is frozen', () => {
    const shared = { a: 1 };
    const value = {
      shared,
      again: [shared],
      self: {},
      frozen: Object.freeze([Object.freeze({})]),
      sealed: Object.preventExtensions({ b: 1 }),
    };
    value.self = value;
    Object.defineProperty(value, 'hidden', { value: { c: 1 } });
    const { copied } = copy(value);
    expect(sameValue(copied, value)).toBe(true);
    expect([copied.self === copied, copied.again[0] === copied.shared, copied.shared === shared]).toEqual([
      true,
      true,
      false,
    ]);
    expect([
      Object.isFrozen(copied.frozen),
      Object.isFrozen(copied.frozen[0]),
      Object.isExtensible(copied.sealed),
    ]).toEqual([true, true, false]);
    expect((copied as unknown as { hidden: object }).hidden).toEqual({ c: 1 });
  });

  it('has views of one ArrayBuffer share its copy, but only the bytes of a view of a large one', () => {
    const small = new ArrayBuffer(16);
    const { copied } = copy({ a: new Uint8Array(small, 0, 8), b: new DataView(small, 4) });
    expect([copied.a.buffer === copied.b.buffer, copied.b.byteOffset, copied.a.buffer === small]).toEqual([
      true,
      4,
      false,
    ]);
    const part = new Float64Array(new ArrayBuffer(1_000_000), 800, 2).fill(7);
    expect([copy(part).copied, copy(part).copied.buffer.byteLength]).toEqual([part, 16]);
  });

  it('takes no depth and no number of objects amiss', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 9000; level++) deep = { deep };
    expect(idOf(copy(deep).copied)).toBe(idOf(deep));
    const sparse: unknown[] = [];
    sparse[2 ** 32 - 2] = { last: true };
    expect(copy(sparse).copied).toHaveLength(2 ** 32 - 1);
  });

  it('leaves scalars, and lists of nothing else, as they are', () => {
    expect(copyOf([1, 'a', null, undefined, Symbol.for('x'), 1n])).toEqual({ values: undefined, isWhole: true });
  });
});

describe('A copy of what holds a signal', () => {
  it('has that very signal, for there is nothing in it that counts', () => {
    const { signal } = new AbortController();
    const { copied, isWhole } = copy({ signal, list: [signal] });
    expect([copied.signal === signal, copied.list[0] === signal, isWhole]).toEqual([true, true, true]);
    expect(copyOf([signal])).toEqual({ values: undefined, isWhole: true });
  });
});

describe('A copy of what holds more than content', () => {
  class Point {
    x = 1;
    [cacheKey](): number {
      return this.x;
    }
  }

  it.each<[string, object]>([
    ['an instance of a class', new Point()],
    ['a plain object with a method cacheKey', { [cacheKey]: () => 1 }],
    ['a function', Object.assign(() => 1, { [cacheKey]: () => 1 })],
    ['a proxy', new Proxy({}, {})],
    ['a view of memory that other threads write', new Uint8Array(new SharedArrayBuffer(4))],
    ['memory that can grow', Reflect.construct(ArrayBuffer, [4, { maxByteLength: 8 }]) as object],
  ])('leaves %s as it is, and copies what is around it', (_what, object) => {
    const value = { object, list: [object] };
    const { copied, isWhole } = copy(value);
    expect([copied.object === object, copied.list[0] === object, copied === value, isWhole]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
