/** Errors; see the table of all pairs in key-pairs.ts. */
export const errorPairs: string = String.raw`
new Error('a') ≡ new Error('a')
new Error('a') ≡ made(new Error('a'), (error) => Reflect.deleteProperty(error, 'stack'))
new Error('a') ≡ hidden(new Error('a'), 'name', 'Error')
new Error('a') ≡ hidden(new Error('a'), 'code', 1)
Object.assign(new Error('a'), { code: 'ENOENT' }) ≡ Object.assign(new Error('a'), { code: 'ENOENT' })
new Error('a') ≢ new Error('b')
new Error('a') ≢ new TypeError('a')
new Error('a') ≢ hidden(new Error('a'), 'name', 'TypeError')
new Error('a') ≢ Object.defineProperty(new Error('a'), 'message', { enumerable: true })
new Error('a', { cause: 1 }) ≢ new Error('a', { cause: 2 })
new Error('a', { cause: null }) ≢ new Error('a')
new Error('a', { cause: new Error('b', { cause: [1] }) }) ≢ new Error('a', { cause: new Error('b', { cause: [2] }) })
new AggregateError([1], 'a') ≢ new AggregateError([2], 'a')
new AggregateError([new Error('b')], 'a') ≡ new AggregateError([new Error('b')], 'a')
hidden(new Error('a'), 'errors', [1]) ≢ hidden(new Error('a'), 'errors', [2])
Object.assign(new Error('a'), { code: 1 }) ≢ Object.assign(new Error('a'), { code: 2 })
Object.assign(new Error('a'), { code: undefined }) ≢ new Error('a')
new Error('') ≢ {}
new Error('a') ≢ { name: 'Error', message: 'a' }
new Error('a') ≢ 'Error: a'
`;
