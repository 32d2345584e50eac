import { describe, expect, it } from '@jest/globals';
import { types } from 'node:util';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

const FAILED = ['miss absent', 'writeFailed ERR_TEMPCACHE_CALLBACK'];

describe.each(storeKinds)('Over $name, the option', (kind) => {
  const makeCache = useCaches(kind);

  it('label is made from the arguments and shown by info()', async () => {
    const { cache } = makeCache();
    const load = cache.wrap((user: string, n: number) => user.repeat(n), {
      name: 'load',
      label: (user, n) => `${user} × ${n}`,
    });
    await load('ann', 2);
    expect(await load.cache.itemFor('ann', 2).info()).toMatchObject({ name: 'load', label: 'ann × 2' });
    await load.cache.itemFor('bob', 3).save('bobbobbob');
    expect(await load.cache.itemFor('bob', 3).info()).toMatchObject({ name: 'load', label: 'bob × 3' });
    await load.cache.itemFor('eve', 1).loadOrSave(() => 'eve');
    expect(await load.cache.itemFor('eve', 1).info()).toMatchObject({ name: 'load', label: 'eve × 1' });
  });

  it('label that is left out stores nothing of the arguments', async () => {
    const { cache, store } = makeCache();
    const load = cache.wrap((_secret: string) => 1, { name: 'load' });
    await load('hunter2');
    const { id } = load.cache.itemFor('hunter2');
    expect(await load.cache.itemFor('hunter2').info()).toMatchObject({ name: 'load', label: '' });
    expect(Buffer.concat((await store.get(id)) ?? []).includes('hunter2')).toBe(false);
  });

  it.each([
    ['throws', () => JSON.parse('{')],
    ['answers with a number', () => 5],
    ['answers with nothing', () => undefined],
  ])('label that %s fails no call: the value is not stored', async (_what, label) => {
    const { cache, trace } = makeCache();
    const load = cache.wrap(() => 1, { name: 'load', label: label as () => string });
    expect([await load(), trace.take()]).toEqual([1, FAILED]);
    const item = load.cache.itemFor();
    expect(await failureOf(() => item.save(1))).toMatchObject({ code: 'ERR_TEMPCACHE_CALLBACK' });
    expect([await item.trySave(1), await item.exists()]).toEqual([false, false]);
    expect(trace.take()).toEqual(['writeFailed ERR_TEMPCACHE_CALLBACK']);
  });

  it('shouldCache is given the value that came out of the promise, and the arguments', async () => {
    const { cache } = makeCache();
    const seen: unknown[] = [];
    const load = cache.wrap(async (n: number, text: string) => `${n}${text}`, {
      name: 'load',
      shouldCache: (...all) => seen.push(all) > 0,
    });
    await load(1, 'a');
    await load(1, 'a');
    await load.cache.itemFor(2, 'b').loadOrSave(() => 'computed otherwise');
    expect(seen).toEqual([
      ['1a', 1, 'a'],
      ['computed otherwise', 2, 'b'],
    ]);
  });

  it.each([false, undefined, null, 0, ''])('shouldCache that answers with %p declines', async (answer) => {
    const { cache, trace } = makeCache();
    const load = cache.wrap(() => 1, { name: 'load', shouldCache: () => answer as boolean });
    expect([await load(), trace.take()]).toEqual([1, ['miss absent', 'skip shouldCache']]);
  });

  it.each([
    ['throws', () => JSON.parse('{')],
    ['throws what is no error', () => throwing(undefined)],
    ['answers with a promise', () => Promise.resolve(false)],
  ])('shouldCache that %s fails no call: the value is not stored', async (_what, shouldCache) => {
    const { cache, trace } = makeCache();
    const load = cache.wrap(() => 1, { name: 'load', shouldCache: shouldCache as () => boolean });
    expect([await load(), trace.take()]).toEqual([1, FAILED]);
    const later = cache.wrap(async () => 2, { name: 'later', shouldCache: shouldCache as () => boolean });
    expect([await later(), trace.take()]).toEqual([2, FAILED]);
  });

  it('shouldCache is not asked where nothing is saved', async () => {
    const { cache } = makeCache({ mode: 'readonly' });
    const load = cache.wrap(() => 1, { name: 'load', shouldCache: () => throwing('asked') as boolean });
    expect(await load()).toBe(1);
  });
});

describe.each(storeKinds)('Over $name, NoCache', (kind) => {
  const makeCache = useCaches(kind);

  it('thrown at once, out of a promise or within loadOrSave gives its value', async () => {
    const { cache, trace } = makeCache();
    const atOnce = cache.wrap(() => throwing(new NoCache('at once')), { name: 'at once' });
    const later = cache.wrap(async () => throwing(new NoCache('later')), { name: 'later' });
    expect([await atOnce(), await later()]).toEqual(['at once', 'later']);
    expect(await cache.itemForKey(1).loadOrSave(() => throwing(new NoCache(undefined)))).toBeUndefined();
    const none = ['miss absent', 'skip NoCache'];
    expect(trace.take()).toEqual([...none, ...none, ...none]);
    expect(await cache.itemForKey(1).exists()).toBe(false);
  });

  it('of another copy of the package counts', async () => {
    const { cache } = makeCache();
    const foreign = Object.assign(new Error('foreign'), { [Symbol.for('tempcache.NoCache')]: true, value: 'theirs' });
    expect(await cache.wrap(() => throwing(foreign), { name: 'fail' })()).toBe('theirs');
  });

  it('leaves an error that cannot be looked at what it is', async () => {
    const { cache } = makeCache();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const fail = cache.wrap(() => throwing(proxy), { name: 'fail' });
    let isSame = false;
    try {
      await fail();
    } catch (error) {
      // Nobody else can look at it either, `expect` neither.
      isSame = error === proxy;
    }
    expect(isSame).toBe(true);
  });
});

describe('NoCache', () => {
  it('is an error that says what went wrong when it comes out where nothing catches it', () => {
    const thrown = new NoCache(42);
    expect([String(thrown).startsWith('NoCache: '), thrown.value, types.isNativeError(thrown)]).toEqual([
      true,
      42,
      true,
    ]);
  });
});

function throwing(error: unknown): unknown {
  throw error;
}
