/** Built-in classes and cycles; see the table of all pairs in key-pairs.ts. */
export const builtInPairs: string = String.raw`
new Map([['a', 1], ['b', 2]]) ≡ new Map([['b', 2], ['a', 1]])
new Set(['a', 1, null]) ≡ new Set([null, 'a', 1])
new Set([{ a: 1 }, { b: 1 }]) ≡ new Set([{ b: 1 }, { a: 1 }])
new Set([new Set([1, 2]), new Set([[]])]) ≡ new Set([new Set([[]]), new Set([2, 1])])
new Map([[new Map([[{}, 1], [[], 2]]), 3]]) ≡ new Map([[new Map([[[], 2], [{}, 1]]), 3]])
new Set([{}, {}, []]) ≡ new Set([[], {}, {}])
new Set([{}, {}, []]) ≢ new Set([{}, [], []])
new Set([{}, {}]) ≢ new Set([{}])
new Map([[{}, 1], [{}, 2]]) ≡ new Map([[{}, 2], [{}, 1]])
new Map([['a', 1], ['b', 2]]) ≢ new Map([['a', 2], ['b', 1]])
new Map([['a', 1]]) ≢ { a: 1 }
new Map() ≢ {}
new Map() ≢ new Set()
new Map([['a', 1]]) ≢ new Set([['a', 1]])
new Map([[1, 2]]) ≢ new Map([['1', 2]])
new Map([[undefined, undefined]]) ≢ new Map()
new Set([1]) ≢ new Set([2])
new Set([1]) ≢ [1]
new Set(letters().map(([name]) => name)) ≢ new Set(letters().map(([name], index) => name + (index === 59 ? '!' : '')))
cycle(2) ≡ cycle(2)
made(new Map(), (map) => map.set('s', new Set([map]))) ≡ made(new Map(), (map) => map.set('s', new Set([map])))
new Date(0) ≢ new Date(0).toISOString()
new Date(5) ≢ 5
new Date(NaN) ≢ null
new Date(NaN) ≢ new Date(0)
new Date(0) ≢ new Date(1)
/a/g ≢ /a/i
/a/ ≢ /b/
/a/g ≢ Object.assign(/a/g, { lastIndex: 1 })
/a/g ≡ Object.assign(/a/g, { lastIndex: -0 })
/a/ ≢ {}
/a/ ≢ '/a/'
new URL('https://a.org/b') ≡ new URL('b', 'https://A.org')
new URL('https://a.org/b') ≢ new URL('https://a.org/c')
new URL('https://a.org/') ≢ 'https://a.org/'
{ url: new URL('https://a.org/') } ≢ { url: {} }
new URLSearchParams('a=1&b') ≡ new URLSearchParams([['a', '1'], ['b', '']])
new URLSearchParams('a=1') ≢ 'a=1'
{ v: 1, self: cycle(1) } ≢ { v: 2, self: cycle(1) }
made({ v: 1 }, (o) => (o.self = o)) ≢ made({ v: 2 }, (o) => (o.self = o))
new Set([[1, 2], [3]]) ≢ new Set([[1], [2, 3]])
new Map([['a', { b: 1 }]]) ≢ new Map([[{ b: 1 }, 'a']])
new Map([['a', new Map()]]) ≢ new Map([['a', new Set()]])
new Set([NaN, 0]) ≡ new Set([-0, NaN])
new Set(['1', 1]) ≢ new Set([1, 2])
Float64Array.of(1.5) ≡ inside(Float64Array, [0, 0, 0, 0, 0, 0, 248, 63], 1)
Buffer.from('abc') ≡ Buffer.concat([Buffer.alloc(0), Buffer.from('abc')])
new DataView(Uint8Array.of(1, 2).buffer) ≡ inside(DataView, [1, 2], 2)
new Uint8Array(2) ≡ new Uint8Array(new SharedArrayBuffer(2))
new ArrayBuffer(2) ≡ new ArrayBuffer(2, { maxByteLength: 8 })
new Uint8Array(2) ≡ new Uint8Array(new ArrayBuffer(2, { maxByteLength: 8 }))
Buffer.from(large(1)) ≡ Buffer.from(large(1))
large(1) ≢ large(2)
large(1) ≢ Buffer.from(large(1))
new Uint8Array(4096) ≢ new Uint8Array(4097)
Buffer.from([1]) ≢ Uint8Array.of(1)
Buffer.from([1]) ≢ { type: 'Buffer', data: [1] }
Buffer.from('a') ≢ 'a'
Uint8Array.of(1) ≢ [1]
Uint8Array.of(1) ≢ { 0: 1 }
Uint8Array.of(1) ≢ Int8Array.of(1)
Uint8Array.of(1) ≢ Uint8ClampedArray.of(1)
new Uint32Array(1) ≢ new Float32Array(1)
new BigInt64Array(1) ≢ new BigUint64Array(1)
Float64Array.of(0) ≢ Float64Array.of(-0)
Float32Array.of(0) ≢ Float32Array.of(-0)
new Uint8Array() ≢ new Int8Array()
Uint8Array.of(1).buffer ≢ Uint8Array.of(2).buffer
new ArrayBuffer(1) ≢ new ArrayBuffer(2)
new ArrayBuffer(2) ≢ new Uint8Array(2)
new DataView(Uint8Array.of(1).buffer) ≢ new DataView(Uint8Array.of(2).buffer)
new DataView(new ArrayBuffer(2)) ≢ new Uint8Array(2)
new DataView(new ArrayBuffer(2)) ≢ new ArrayBuffer(2)
`;
