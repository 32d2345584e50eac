import { describe, expect, it } from '@jest/globals';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { loneCache } from '../support/identity.ts';
import { makeTrace } from '../support/trace.ts';

describe('with()', () => {
  const clock = useClock();

  it('gives a cache over the same entries, of the same name and path', () => {
    const cache = loneCache();
    const other = cache.with({ maxAge: '5m' });
    expect(other).toBeInstanceOf(TempCache);
    expect(other).toMatchObject({ name: cache.name, path: cache.path, maxAge: 300_000 });
    other.itemForKey(1).save('value');
    expect(cache.itemForKey(1).load()).toBe('value');
    expect(cache.maxAge).toBe(604_800_000);
  });

  it('gives a cache of the package to one of a subclass, whose constructor it does not call', () => {
    class Named extends TempCache {
      readonly owner: { readonly name: string };
      constructor(owner: { readonly name: string }) {
        super(owner.name, { store: memoryStore(), maxAge: '1h' });
        this.owner = owner;
      }
    }
    const cache = new Named({ name: 'users' });
    const other = cache.with({ maxAge: '5m' }).with({ mode: 'readonly' });
    expect([other.constructor, other.name, other.maxAge]).toEqual([TempCache, 'users', 300_000]);
    cache.itemForKey(1).save('value');
    expect([other.itemForKey(1).load(), other.itemForKey(2).trySave(1)]).toEqual(['value', false]);
    expect(new Named({ name: 'others' }).itemForKey(1).exists()).toBe(false);
    using temporary = Named.temporary();
    expect(temporary.with({}).path).toBe(temporary.path);
  });

  it('takes no core of a cache for options', () => {
    const cache = loneCache();
    for (const core of [cache, { shared: {}, settings: {}, salt: '', calls: {} }, { parts: {}, calls: {} }]) {
      expect(() => new TempCache('users', core as object)).toThrow(/^TempCache has no option "/);
    }
  });

  it('follows the maxAge of the cache until it has one of its own', () => {
    const cache = loneCache();
    const [follower, settled] = [cache.with({}), cache.with({ maxAge: 5 })];
    cache.maxAge = '1h';
    expect([follower.maxAge, settled.maxAge]).toEqual([3_600_000, 5]);
    follower.maxAge = '2h';
    expect([follower.maxAge, cache.maxAge]).toEqual([7_200_000, 3_600_000]);
    expect(cache.with().maxAge).toBe(3_600_000);
  });

  it('writes with another serializer, which the first does not take for its own', () => {
    const cache = loneCache();
    const json = cache.with({ serializer: jsonSerializer() });
    json.itemForKey(1).save({ a: 1 });
    expect(json.itemForKey(1).info()).toMatchObject({ serializer: 'json' });
    expect([json.itemForKey(1).load(), cache.itemForKey(1).tryLoad('none')]).toEqual([{ a: 1 }, 'none']);
  });

  it('shares no entries under another salt', () => {
    const cache = loneCache({ salt: 'a' });
    const add = (a: number, b: number): number => a + b;
    const other = cache.with({ salt: 'b' });
    cache.cacheResult(add, 1, 2);
    cache.itemForKey(1).save(1);
    expect([other.itemForCall(add, 1, 2).exists(), other.itemForKey(1).exists()]).toEqual([false, false]);
    expect(other.with({ salt: 'a' }).itemForCall(add, 1, 2).load()).toBe(3);
  });

  it('has a mode and a listener of its own', () => {
    const [first, second] = [makeTrace(), makeTrace()];
    const cache = new TempCache('spec', { store: memoryStore(), onEvent: first.onEvent });
    const readonly = cache.with({ mode: 'readonly', onEvent: second.onEvent });
    expect(readonly.itemForKey(1).trySave(1)).toBe(false);
    expect(cache.itemForKey(1).trySave(1)).toBe(true);
    expect([first.take(), second.take()]).toEqual([['save'], ['skip mode']]);
    readonly.with({ mode: 'on' }).itemForKey(2).save(2);
    expect([first.take(), second.take()]).toEqual([[], ['save']]);
  });

  it('shares running computations', async () => {
    const cache = loneCache();
    let calls = 0;
    const load = cache.wrap(async () => ++calls, { name: 'load' });
    const answers = [load(), cache.with({ maxAge: 5 }).cacheResult(load)];
    expect(await Promise.all(answers)).toEqual([1, 1]);
  });

  it('leaves to prune() of the cache what it saved with a shorter or a longer maxAge', () => {
    const cache = loneCache();
    cache.with({ maxAge: '5m' }).itemForKey('short').save(1);
    cache.with({ maxAge: '30d' }).itemForKey('long').save(1);
    clock.now += 10 * 60_000;
    expect(cache.prune()).toMatchObject({ expired: 0 });
    expect(cache.itemForKey('short').load()).toBe(1);
    clock.now += 8 * 86_400_000;
    expect(cache.prune()).toMatchObject({ expired: 1 });
    expect(cache.with({ maxAge: '30d' }).itemForKey('long').load()).toBe(1);
    clock.now += 30 * 86_400_000;
    expect(cache.prune()).toMatchObject({ expired: 1 });
  });

  it.each([
    [
      { store: memoryStore() },
      'with() has no option "store"; it knows maxAge, serializer, types, mode, maxEntryBytes, staleWhileRevalidate',
    ],
    [{ name: 'other' }, /no option "name"/],
    [{ maxAge: 'soon' }, /^The option maxAge of with\(\) must be .* it is "soon"$/],
    [{ serializer: 5 }, /serializer/],
    [{ salt: 5 }, /salt/],
    [{ mode: 'none' }, /mode/],
    [{ onEvent: 5 }, /onEvent/],
    [null, /must be an object/],
    ['5m', /must be an object/],
  ])('refuses %p', (options, message) => {
    const refused = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
    expect(() => loneCache().with(options as object)).toThrow(refused);
    expect(() => loneCache().with(options as object)).toThrow(message);
  });
});

describe('maxAge', () => {
  it.each([['soon'], [-1], [Number.NaN], [null], [undefined], [{}]])(
    'cannot be set to %p, and stays as it was',
    (wrong) => {
      const cache = loneCache({ maxAge: '1h' });
      expect(() => {
        cache.maxAge = wrong as never;
      }).toThrow(expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' }));
      expect(cache.maxAge).toBe(3_600_000);
    },
  );

  it('can be set to any duration', () => {
    const cache = loneCache();
    const read = [5, '2h', { days: 1 }, Infinity, 0].map((duration) => {
      cache.maxAge = duration;
      return cache.maxAge;
    });
    expect(read).toEqual([5, 7_200_000, 86_400_000, Infinity, 0]);
  });
});
