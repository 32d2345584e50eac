/** Scalars and boxed ones; see the table of all pairs in key-pairs.ts. */
export const scalarPairs: string = String.raw`
'1n' ≢ 1n
1 ≢ 1n
1 ≢ '1'
1 ≢ true
NaN ≢ null
NaN ≢ 'NaN'
null ≢ undefined
null ≢ 'null'
Infinity ≢ null
Infinity ≢ -Infinity
0 ≢ -0
0 ≢ null
0 ≢ ''
0 ≢ false
2 ** 31 ≢ -(2 ** 31)
2 ** 32 + 1 ≢ 1
BigInt(2 ** 53) ≢ 2n ** 53n + 1n
2n ** 5000n ≢ -(2n ** 5000n)
2n ** 64n + 1n ≢ 1n
0.1 + 0.2 ≡ 0.30000000000000004
NaN ≡ Infinity - Infinity
7 ≡ [0.5, 7][1]
Symbol.for('a') ≢ 'a'
Symbol.for('a') ≢ Symbol.for('b')
Symbol.for('a') ≡ Symbol.for(twoBytes('a'))
1 ≢ new Number(1)
'a' ≢ new String('a')
true ≢ new Boolean(true)
1n ≢ Object(1n)
Symbol.for('a') ≢ Object(Symbol.for('a'))
new Number(0) ≢ new Number(-0)
new Number(1) ≢ new String('1')
new Number(NaN) ≡ new Number(NaN)
new String(long) ≡ new String(twoBytes(long))
new String(long + 'a') ≢ new String(long + 'b')
new String('ab') ≢ ['a', 'b']
'café' ≡ twoBytes('café')
'\uD800' ≢ '\uFFFD'
'\uD800' ≢ '\uD801'
'\uD83D\uDCBE' ≢ '\uDCBE\uD83D'
'é' ≢ 'e\u0301'
'' ≢ '\0'
'ab' ≢ 'a\0b\0'
'a' ≢ '\x08\x01\0\0\0a'
'\uD800' ≢ '\x09\x02\0\0\0\0\xD8'
long + 'a' + long ≢ long + 'b' + long
long + '\uD800' ≢ long + '\uFFFD'
['a","b'] ≢ ['a', 'b']
'café '.repeat(30) ≡ ('€' + 'café '.repeat(99)).slice(1, 151)
2n ** 20000n ≢ 2n ** 20000n + 1n
'x'.repeat(48) ≡ twoBytes('x'.repeat(48))
'x'.repeat(48) ≢ 'x'.repeat(49)
'x'.repeat(48) ≢ 'x'.repeat(47) + 'y'
'x'.repeat(48) ≢ 'x'.repeat(47) + '\uD800'
'é'.repeat(48) ≡ twoBytes('é'.repeat(48))
'é'.repeat(48) ≢ 'é'.repeat(49)
'é'.repeat(48) ≢ 'é'.repeat(47) + 'y'
'é'.repeat(48) ≢ 'é'.repeat(47) + '\uD800'
'x'.repeat(49) ≡ twoBytes('x'.repeat(49))
'x'.repeat(49) ≢ 'x'.repeat(50)
'x'.repeat(49) ≢ 'x'.repeat(48) + 'y'
'x'.repeat(49) ≢ 'x'.repeat(48) + '\uD800'
'€'.repeat(1365) ≡ twoBytes('€'.repeat(1365))
'€'.repeat(1365) ≢ '€'.repeat(1366)
'€'.repeat(1365) ≢ '€'.repeat(1364) + 'y'
'€'.repeat(1365) ≢ '€'.repeat(1364) + '\uD800'
'x'.repeat(4096) ≡ twoBytes('x'.repeat(4096))
'x'.repeat(4096) ≢ 'x'.repeat(4097)
'x'.repeat(4096) ≢ 'x'.repeat(4095) + 'y'
'x'.repeat(4096) ≢ 'x'.repeat(4095) + '\uD800'
'x'.repeat(4097) ≡ twoBytes('x'.repeat(4097))
'x'.repeat(4097) ≢ 'x'.repeat(4098)
'x'.repeat(4097) ≢ 'x'.repeat(4096) + 'y'
'x'.repeat(4097) ≢ 'x'.repeat(4096) + '\uD800'
'€'.repeat(4096) ≡ twoBytes('€'.repeat(4096))
'€'.repeat(4096) ≢ '€'.repeat(4097)
'€'.repeat(4096) ≢ '€'.repeat(4095) + 'y'
'€'.repeat(4096) ≢ '€'.repeat(4095) + '\uD800'
'€'.repeat(4097) ≡ twoBytes('€'.repeat(4097))
'€'.repeat(4097) ≢ '€'.repeat(4098)
'€'.repeat(4097) ≢ '€'.repeat(4096) + 'y'
'€'.repeat(4097) ≢ '€'.repeat(4096) + '\uD800'
`;
