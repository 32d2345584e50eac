import { describe, expect, it } from '@jest/globals';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { loneCache } from '../support/identity.ts';

const { signal } = new AbortController();
const of = (...args: readonly unknown[]): string => String(args.length);

describe('The id of a call', () => {
  const idOf = (...args: unknown[]): string =>
    loneCache()
      .wrap(of)
      .cache.itemFor(...args).id;

  it.each<[string, unknown[], unknown[]]>([
    ['a last signal', [1, signal], [1]],
    ['several last signals', [1, signal, signal], [1]],
    ['a signal alone', [signal], []],
    ['a signal before others', [signal, 1], [undefined, 1]],
    ['the signal of options', [1, { page: 2, signal }], [1, { page: 2 }]],
    ['the signal of a proxy', [new Proxy({ page: 2, signal }, {})], [{ page: 2 }]],
  ])('leaves out %s', (_what, args, same) => {
    expect(idOf(...args)).toBe(idOf(...same));
  });

  it.each<[string, unknown[], unknown[]]>([
    ['an undefined that was given before a signal', [1, undefined, signal], [1]],
    ['a property signal that is none', [{ signal: 'red' }], [{}]],
    ['a property signal that is undefined', [{ signal: undefined }], [{}]],
    ['options that have nothing but a signal', [1, { signal }], [1]],
  ])('counts %s', (_what, args, other) => {
    expect(idOf(...args)).not.toBe(idOf(...other));
  });

  it('leaves out the signals of what the option key gives, as the arguments or as options', async () => {
    const all = loneCache().wrap(of, { key: (...args) => args });
    expect(all.cache.itemFor(1, { signal }, signal).id).toBe(all.cache.itemFor(1, {}).id);
    const first = loneCache().wrap(of, { key: (options) => options });
    expect(first.cache.itemFor({ page: 1, signal }).id).toBe(first.cache.itemFor({ page: 1 }).id);
    expect(await failureOf(() => first.cache.itemFor(signal))).toMatchObject({ path: 'key' });
  });

  it('asks an instance that says itself what counts, as it is', () => {
    class Query {
      readonly signal = signal;
      [cacheKey](): unknown {
        return this.signal === signal;
      }
    }
    expect(loneCache().wrap(of)(new Query())).toBe('1');
  });

  it('is refused for a signal deeper than that, with what to do', async () => {
    expect(await failureOf(() => idOf([{ fetch: { signal } }]))).toMatchObject({
      path: 'args[0][0].fetch.signal',
      message: expect.stringMatching(/an instance of AbortSignal, which is left out only as an argument/) as unknown,
    });
  });

  it('is kept in memory for scalars before a signal', () => {
    const cached = loneCache({ memory: true }).wrap(of);
    expect([cached(1, signal), cached(1), cached.cache.run(1, signal)]).toMatchObject(['2', '2', { status: 'hit' }]);
  });
});
