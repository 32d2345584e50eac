import { describe, expect, it } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { readDeps } from '../../lib/functions/deps.ts';
import { idOf, idOfArgs } from '../support/key-ids.ts';

const thrown = new Error('I throw');

/** A proxy that gives another rate than what it stands for. */
function live(lr: number): object {
  return new Proxy({ lr: 0 }, { get: (target, key, self) => (key === 'lr' ? lr : Reflect.get(target, key, self)) });
}

/** The same for a list. */
function liveList(first: unknown): unknown[] {
  return new Proxy<unknown[]>([0, 1], { get: (target, key) => (key === '0' ? first : Reflect.get(target, key)) });
}

describe('a proxy counts by what it gives', () => {
  const places: readonly (readonly [string, (value: unknown) => string])[] = [
    ['as an argument', (value) => idOfArgs(value)],
    ['as this', (value) => idOf({ self: value })],
    ['in an object', (value) => idOf({ deep: { er: value } })],
    ['in an array', (value) => idOf([1, value])],
    ['as a key of a Map', (value) => idOf(new Map([[value, 1]]))],
    ['as a value of a Map', (value) => idOf(new Map([[1, value]]))],
    ['in a Set', (value) => idOf(new Set([value]))],
    ['as a field of an error', (value) => idOf(Object.assign(new Error('a'), { value }))],
    ['in deps', (value) => readDeps([value]).digest],
    ['in an array in deps', (value) => readDeps([[value]]).digest],
    ['in another proxy', (value) => idOf(new Proxy({ a: 0 }, { get: (_target, key) => (key === 'a' ? value : 0) }))],
    ['in a proxy of an array', (value) => idOf(liveList(value))],
  ];

  it.each(places)('%s', (_name, id) => {
    expect(id(live(1))).not.toBe(id(live(2)));
    expect(id(live(1))).toBe(id(live(1)));
    expect(id(live(1))).toBe(id({ lr: 1 }));
    expect(id(liveList('a'))).not.toBe(id(liveList('b')));
    expect(id(liveList('a'))).toBe(id(['a', 1]));
  });

  it('as util.isDeepStrictEqual has it', () => {
    const pairs = [
      [live(1), live(1)],
      [live(1), live(2)],
      [liveList(1), liveList(1)],
      [liveList(1), liveList(2)],
    ] as const;
    for (const [first, second] of pairs) expect(idOf(first) === idOf(second)).toBe(isDeepStrictEqual(first, second));
  });

  it('also where accessors stand behind it', () => {
    let count = 1;
    const counting = new Proxy({ get count() { return count; } }, {}); // prettier-ignore
    const before = idOf(counting);
    count = 2;
    expect(idOf(counting)).not.toBe(before);
    expect(idOf(counting)).toBe(idOf({ count: 2 }));
  });

  it('also where it throws for names that it does not know', () => {
    const strict = (target: object): object =>
      new Proxy(target, {
        get: (object, key) => {
          if (typeof key === 'string' && !(key in object)) throw thrown;
          return Reflect.get(object, key) as unknown;
        },
      });
    expect(idOf(strict({ a: 1 }))).toBe(idOf({ a: 1 }));
    expect(idOf(strict({}))).toBe(idOf({}));
  });

  it('and the empty one is empty', () => {
    expect(idOf(new Proxy({}, {}))).toBe(idOf({}));
    expect(idOf(new Proxy([], {}))).toBe(idOf([]));
    expect(idOf(new Proxy([, 1], {}))).toBe(idOf([, 1]));
  });

  it('and each time anew', () => {
    let reads = 0;
    const proxy = new Proxy({ a: 0 }, { get: (_target, key) => (key === 'a' ? ++reads : undefined) });
    expect(idOf(proxy)).toBe(idOf({ a: 1 }));
    expect(idOf(proxy)).toBe(idOf({ a: 2 }));
  });
});
