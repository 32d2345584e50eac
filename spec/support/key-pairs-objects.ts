/** Objects and arrays; see the table of all pairs in key-pairs.ts. */
export const objectPairs: string = String.raw`
{ a: 1, b: 2 } ≡ { b: 2, a: 1 }
{ z: { a: 1, b: [{ c: 1, d: 2 }] } } ≡ { z: { b: [{ d: 2, c: 1 }], a: 1 } }
Object.fromEntries(letters()) ≡ Object.fromEntries(letters().reverse())
{ k0: 0, k1: 1 } ≡ dictionary()
{ v: 1 } ≡ made({ v: 1.5 }, (object) => (object.v = 1))
{ a: [1] } ≡ Object.freeze({ a: Object.freeze([1]) })
{} ≡ Object.defineProperty({}, 'hidden', { value: 1 })
{} ≡ Object.defineProperty({}, Symbol('hidden'), { value: 1 })
{ a: undefined } ≢ {}
{ a: undefined } ≢ { b: undefined }
{ a: 1 } ≢ { a: '1' }
{ a: 1, b: 2 } ≢ { 'a:1,b': 2 }
{ a: 'b' } ≢ { b: 'a' }
{ a: 1, b: 2 } ≢ { a: 2, b: 1 }
{ a: { b: {} } } ≢ { a: {}, b: {} }
JSON.parse('{"__proto__":{"a":1}}') ≢ {}
JSON.parse('{"__proto__":1}') ≢ JSON.parse('{"__proto__":2}')
{ '\uD800': 1 } ≢ { '\uFFFD': 1 }
{ [x]: 1 } ≢ { x: 1 }
{ [x]: 1 } ≢ {}
{ [x]: 1 } ≢ { [Symbol.for('y')]: 1 }
{ [x]: 1, [Symbol.for('y')]: 2 } ≡ { [Symbol.for('y')]: 2, [x]: 1 }
bare({ a: 1 }) ≢ { a: 1 }
bare({ a: 1, b: 2 }) ≡ bare({ b: 2, a: 1 })
{ toJSON: 1 } ≢ 1
{ a: 1 } ≡ new Proxy({ a: 1 }, {})
[1, 2] ≡ made([1.5, 2], (array) => (array[0] = 1))
[1, 2, 3] ≡ made([], (array) => [2, 1, 0].forEach((index) => (array[index] = index + 1)))
[1, 2] ≡ made([1, 2, 3], (array) => array.pop())
[1, , 2] ≡ new Proxy([1, , 2], {})
sparse(50, { 7: 1 }) ≡ new Proxy(sparse(50, { 7: 1 }), {})
[undefined] ≢ [null]
[undefined] ≢ [,]
[,] ≢ []
[, 1] ≢ [1, ,]
[, , 1, ,] ≢ [, 1, , ,]
[[1, 2]] ≢ [1, 2]
[[1], 2] ≢ [1, [2]]
[1] ≢ { 0: 1 }
[] ≢ { length: 0 }
sparse(4_000_000_000) ≢ sparse(4_000_000_001)
sparse(4e9, { 3e9: 1 }) ≢ sparse(4e9, { 3000000001: 1 })
sparse(4_294_967_295, { 7: 1, 4294967294: 2 }) ≡ sparse(4_294_967_295, { 4294967294: 2, 7: 1 })
letters() ≡ structuredClone(letters())
[shared, shared] ≡ [{}, {}]
((part) => [part, part])(letters()) ≡ [letters(), letters()]
((part) => [part, [part]])(letters()) ≢ ((part) => [[part], part])(letters())
{ [Symbol.for('toString')]: 1 } ≢ { toString: 1 }
made([], (a) => (a[2] = a)) ≢ made([], (a) => (a[1] = a))
deep(500, 1) ≡ deep(500, 1)
deep(500, 1) ≢ deep(501, 1)
`;
