import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { DOMAIN, CallEncoding, idOfValue, keyPrefix, shortDigest } from '../../lib/keys/digest.ts';
import { idOf, idOfArgs } from '../support/key-ids.ts';
import { pairsOf } from '../support/key-pairs.ts';
import { refusalOf } from '../support/key-refusal-of.ts';

/**
 * Ids as they have been since the first version. Where one changes, all that users have saved is lost to them, and an old
 * id may come to mean another value: raise KEY_FORMAT in lib/keys/digest.ts, then write the new ids down here.
 */
const WRITTEN: readonly (readonly [string, string])[] = [
  ['undefined', 'f620e78e32093b2280434b07a35551d1f7e32360ddf01010245f88e3e2c58adb'],
  ['-0', '1b4e91fdbd5bffe5577455fcccb3b537360a858b048817cb6da19da996453d3a'],
  ['NaN', 'f8a01c4028f52d6d64400cb1d41b7713faa566a6a7bf5c129003798365fabeb6'],
  ['1.5', '0e53e4ed8af8175c0ff4a4127a7f7af26dec3d6595e5c88ad2ffc32c28ef4b45'],
  ['2n ** 64n', '2b8539c61e7232d3cde988e22d4e384fea80ee47476703abb36be3ac76c1bf88'],
  ["'café'", 'b75657c7554138b8157a23e1edeb65b85eedf2efe4c3194a2bda79b2aa6095e3'],
  ["'\\uD800'", '7418bd5c7dd382693cddbfe9b9e56e91062f4afa97cb6b6c0fe56c4da37777ba'],
  ["'x'.repeat(5000)", '595b61c49bfce211f8bd893786d945e71e1fabfe94faa131c3dc4aff3534db61'],
  ["Symbol.for('x')", 'a9a6d58f1a5e19da44536ee33226fc6ea1a45ea2528ce0b6821fa295a45398a0'],
  [
    "{ b: 1, a: [1, , undefined], [Symbol.for('x')]: null }",
    '454445624aa6e1bdb74163b394d5a4b1ec2d7a41ec33eaf5f382ba1b9dcb9941',
  ],
  ['Object.create(null)', 'f3121357a22ae97049d727ab22558b1503d3180a24c35b842b9df913146022e0'],
  [
    'Array.from({ length: 2000 }, (_, index) => ({ index }))',
    '8faf6b0213ed867dcd93fd58930c6c4eb486239296726ea3a7f96737abb07b2e',
  ],
  ["new Map([['b', 1], ['a', new Set([2, '2'])]])", '8298fd47b6fa3802c9b10e712a9375e2582326c77aae69c19f7a708bf5c20c72'],
  ['[new Date(0), new Date(NaN)]', '612e7bfe500478c5e3f16162ae747a16b057ef4823b16e3206c68b89933d049f'],
  ['/a/gi', 'd757dec9c0653c3827a1adaed6fbb6915c4007ad6a2b19fa0faeb6e29098e9e6'],
  ["[Object(1), Object('a'), Object(true)]", 'ddd687a8591014408f5d15a7ee1007b5a15b669fe8ef8f062027a6a9e2a8a538'],
  [
    "[new URL('https://a.org/b'), new URLSearchParams('a=1')]",
    '556b3d5983b040795e2c5a672874f42b6eb0a2c2deaa6cc617fc813fbb8713b3',
  ],
  [
    "[Uint8Array.of(1), Float64Array.of(-0), Buffer.from('a'), new ArrayBuffer(2), new DataView(new ArrayBuffer(1))]",
    '2e3ddabc6ea3ae01cac97fccb9e9ec101c9db55c584567fe5248a58370036406',
  ],
  ["new Error('a', { cause: new TypeError('b') })", 'd5690865571ff870a6e9dc3c47d22af7d0400e86bcf5fc01311d72a6721042fc'],
  ["new AggregateError([1], 'a')", '5e8612243c0924e8fea148e9185d74896a8dac0220658cb70be3a04340429e82'],
  ['((a) => a.push(a) && a)([1])', 'e94af44144933f227152c747306161687a105e8a52c0aa9a2f35b1d8ead5ff38'],
  [
    "{ [Symbol.for('tempcache.cacheKey')]: () => 1 }",
    '065a081c3b7df61e2cc18dc378b65a9b499ad8ce79d3abb3149b8a403915457c',
  ],
];

describe('the id of a key', () => {
  it.each(WRITTEN)('of %s is what it was from the first', (source, id) => {
    const [pair] = pairsOf([`${source} ≡ 0`]);
    expect(idOf(pair?.first())).toBe(id);
  });

  it('of a call is what it was from the first', () => {
    expect(idOfArgs('user', 42)).toBe('7356eb4fc31b081f4c9d3518b8faad0033503c2002c6fcd24dab09a1c4d9acf6');
  });

  it('is 64 lower-case hexadecimal digits', () => {
    expect(idOf('a')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs between domains: a value, the arguments of a call, a key of the option, the identity of a function, a fingerprint', () => {
    const ids = Object.values(DOMAIN).map((domain) => idOfValue(keyPrefix(domain, 'a'), 1, { root: 'key' }));
    expect(new Set(ids).size).toBe(5);
  });

  it('differs between owners, whatever their names', () => {
    const owners = ['', 'a', 'b', '\uD800', '\uFFFD', 'é', 'e\u0301'];
    const ids = owners.map((owner) => idOfValue(keyPrefix(DOMAIN.call, owner), 1, { root: 'key' }));
    expect(new Set(ids).size).toBe(owners.length);
  });

  it('differs between values of this', () => {
    const prefix = keyPrefix(DOMAIN.call, 'a');
    const ids = [undefined, null, 1, { a: 1 }, [1]].map((self) => new CallEncoding(prefix).idOf(self, [1]));
    expect(new Set(ids).size).toBe(5);
    expect(new CallEncoding(prefix).idOf({ a: 1 }, [1])).toBe(ids[3]);
    expect(new CallEncoding(prefix).idOf([1], [])).not.toBe(new CallEncoding(prefix).idOf(undefined, [[1]]));
  });

  it('of a large key leaves nothing behind for the next one', () => {
    const expected = idOf('a');
    const large = Array.from({ length: 500_000 }, (_, index) => index);
    expect(idOf(large)).toBe(idOf([...large]));
    expect(idOf('a')).toBe(expected);
    refusalOf(large.map((index) => (index === 499_999 ? () => index : index)));
    expect(idOf('a')).toBe(expected);
  });
});

const PREFIX = Uint8Array.of(1, 2, 3);
const sha256 = (...bytes: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(bytes)).digest();

describe('A short digest', () => {
  it.each([0, 1, 100, 4096])('of %d bytes begins the SHA-256 of prefix, place and bytes', (length) => {
    const bytes = Buffer.alloc(length, 7);
    const expected = sha256(PREFIX, Buffer.from([9, 1, 0, 0]), bytes).readUInt32LE(0);
    expect(shortDigest(bytes, { prefix: PREFIX, place: 256 + 9 })).toBe(expected);
  });

  it('of more bytes is that of their SHA-256', () => {
    const bytes = Buffer.alloc(4097, 7);
    const expected = sha256(PREFIX, Buffer.alloc(4), sha256(bytes)).readUInt32LE(0);
    expect(shortDigest(bytes, { prefix: PREFIX, place: 0 })).toBe(expected);
  });

  it('has 32 bits without a sign', () => {
    const digests = Array.from({ length: 200 }, (_, place) => shortDigest(PREFIX, { prefix: PREFIX, place }));
    expect(digests.every((digest) => Number.isInteger(digest) && digest >= 0 && digest < 2 ** 32)).toBe(true);
    expect(Math.max(...digests)).toBeGreaterThan(2 ** 31);
    expect(new Set(digests).size).toBe(200);
  });
});
