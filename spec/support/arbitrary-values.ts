import { Buffer } from 'node:buffer';
import fc from 'fast-check';

const name = fc.string({ unit: 'binary', maxLength: 8 });

/** Anything that fast-check knows of the language: most kinds, nested, with odd keys. */
const anything = fc.anything({
  maxDepth: 3,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  stringUnit: 'binary',
});

/** What it does not know: what V8 needs help with. */
const special = fc.oneof(
  name.map((text) => Symbol.for(text)),
  fc.webUrl({ withFragments: true, withQueryParameters: true }).map((text) => new URL(text)),
  fc.array(fc.tuple(name, name), { maxLength: 3 }).map((pairs) => new URLSearchParams(pairs)),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  fc.string().map((text) => Reflect.apply(Object, undefined, [Symbol.for(text)]) as unknown),
  fc.nat(9).map((index) => Object.assign(/x/g, { lastIndex: index })),
  fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
);

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anything,
    special,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(name, tie('tree'), { maxKeys: 3, noNullPrototype: false }),
    fc.array(fc.tuple(tie('tree'), tie('tree')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie('tree'), { maxLength: 3 }).map((members) => new Set(members)),
    fc.tuple(name, tie('tree')).map(([key, value]) => ({ [Symbol.for(key)]: value })),
    fc.tuple(name, tie('tree')).map(([message, cause]) => new TypeError(message, { cause })),
    fc.tuple(name, tie('tree')).map(([code, data]) => Object.assign(new Error('x'), { code, data })),
    // One part in two places, and a cycle.
    tie('tree').map((part) => [part, { part }]),
    tie('tree').map((part) => withCycle(part)),
  ),
}));

function withCycle(part: unknown): unknown {
  const list: unknown[] = [part];
  const top = { list, error: Object.assign(new Error('cycle'), { list }) };
  list.push(top, Object.assign(Object.create(null) as object, { top }));
  return top;
}

/** Values that `v8` can store, of every kind, nested, shared and cyclic. */
export const storable: fc.Arbitrary<unknown> = tree;

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', '"', '\\', '\n'),
    fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
  ),
});
const key = fc.oneof(text, fc.constantFrom('__proto__', 'toJSON', 'constructor', '0', '10', '-1', 'a'));

const { branch } = fc.letrec<{ branch: unknown }>((tie) => ({
  branch: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.constantFrom(null, true, false, 0, 2 ** 53), fc.integer(), text),
    fc.double({ noNaN: true }).filter((value) => !Object.is(value, -0)),
    fc.constantFrom(undefined, Number.NaN, -0, Infinity, 1n),
    fc.array(tie('branch'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('branch')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    tie('branch').map((part) => ({ part, list: [part] })),
  ),
}));

/** Plain objects, arrays and primitives, most of which JSON can keep, some with a part in two places. */
export const plain: fc.Arbitrary<unknown> = branch;
