/** What the tables of values are made of, where a literal does not say it. */

export function withoutPrototype(fields: object): object {
  return Object.assign(Object.create(null) as object, fields);
}

export function sparse(index: number): unknown[] {
  const array: unknown[] = [];
  array[index] = 'last';
  return array;
}

export function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { value };
  return value;
}

export function usedRegExp(): RegExp {
  const used = /a/g;
  used.test('a a');
  return used;
}

export function boxed(primitive: unknown): unknown {
  return Reflect.apply(Object, undefined, [primitive]);
}

export function growing(): unknown {
  return Reflect.construct(ArrayBuffer, [2, { maxByteLength: 8 }]);
}

export function typedArrays(): unknown[] {
  const names = [
    'Int8',
    'Uint8',
    'Uint8Clamped',
    'Int16',
    'Uint16',
    'Int32',
    'Uint32',
    'Float16',
    'Float32',
    'Float64',
  ];
  const numeric = names.flatMap((name) => {
    const constructor: unknown = Reflect.get(globalThis, `${name}Array`);
    return typeof constructor === 'function' ? [Reflect.construct(constructor, [[1, 2, 200]]) as unknown] : [];
  });
  return [...numeric, BigInt64Array.of(-1n, 2n ** 62n), BigUint64Array.of(2n ** 64n - 1n), new Float32Array(0)];
}

export function cycle(): unknown {
  const value: Record<string, unknown> = { list: [] };
  value.self = value;
  (value.list as unknown[]).push(value, { up: value });
  return value;
}

export function collectionCycle(): unknown {
  const bare = withoutPrototype({}) as { map?: unknown };
  const map = new Map<unknown, unknown>([['bare', bare]]);
  const set = new Set<unknown>([map]);
  map.set(map, set).set(set, map);
  set.add(set);
  bare.map = map;
  return { bare, set };
}

export function shared(): unknown {
  const part = new Map([['n', 1n]]);
  const view = Uint8Array.of(1, 2);
  return { first: part, second: [part], view, again: view, map: new Map([[part, part]]) };
}

export function property<T extends object>(target: T, key: PropertyKey, descriptor: PropertyDescriptor): T {
  return Object.defineProperty(target, key, { configurable: true, ...descriptor });
}

/** Each departure alone and together with others. */
export function attributes(): unknown[] {
  const departures = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
    enumerable: (bits & 1) === 0,
    writable: (bits & 2) === 0,
    configurable: (bits & 4) === 0,
    value: [bits],
  }));
  const fields = Object.fromEntries(departures.map((departure, bits) => [`p${bits}`, departure]));
  const [key] = [Symbol.for('tempcache.spec')];
  return [{}, [], new Error('x'), new Map(), Object.create(null) as object].map((target) =>
    Object.defineProperties(target, { ...fields, [key]: { value: 1 } }),
  );
}

/** The same thing closed in each of three ways. */
export function closed(make: () => object): object[] {
  return [Object.preventExtensions, Object.seal, Object.freeze].map((close) => close(make()));
}

export function elaborate(strings: TemplateStringsArray, ...parts: unknown[]): unknown {
  return { strings, parts };
}

/** Things with content of their own, each with an enumerable, a hidden and a symbol property. */
export function further(): unknown[] {
  const things = [new Map([['a', 1]]), new Set(['a']), new Date(1), /x/g, new URL('a:b'), new URLSearchParams('a=1')];
  const boxes = ['ab', 1, Symbol.for('x')].map((primitive) => boxed(primitive) as object);
  return [...things, ...boxes].map((thing) =>
    property(Object.assign(thing, { x: { y: 1 }, [Symbol.for('s')]: 1 }), 'raw', { value: [1] }),
  );
}
