import { afterEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { isPromise } from 'node:util/types';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';

describe.each(storeKinds)('Over $name, the mode', (kind) => {
  const makeCache = useCaches(kind);

  it('refresh never reads and always saves', async () => {
    const { cache, trace, asked } = makeCache({ mode: 'refresh' });
    let calls = 0;
    const count = cache.wrap(() => ++calls, { name: 'count' });
    expect([await count(), await count()]).toEqual([1, 2]);
    expect(trace.take()).toEqual(['miss refresh', 'save', 'miss refresh', 'save']);
    expect(asked).toEqual(['set', 'set']);
    expect(await cache.with({ mode: 'on' }).cacheResult(count)).toBe(2);
  });

  it('readonly reads and never saves', async () => {
    const { cache, trace, asked } = makeCache();
    let calls = 0;
    const count = (_n: number): number => ++calls;
    await cache.cacheResult(count, 1);
    trace.take();
    const readonly = cache.with({ mode: 'readonly' });
    expect([await readonly.cacheResult(count, 1), await readonly.cacheResult(count, 2)]).toEqual([1, 2]);
    expect(await readonly.cacheResult(count, 2)).toBe(3);
    expect(trace.take()).toEqual(['hit', 'miss absent', 'skip mode', 'miss absent', 'skip mode']);
    expect(asked.filter((operation) => operation === 'set')).toHaveLength(1);
  });

  it('off computes and touches nothing, whatever the arguments are', async () => {
    const { cache, trace, asked } = makeCache({ mode: 'off' });
    const self = cache.wrap((fn: () => unknown) => fn, { name: 'self' });
    const unkeyable = (): void => undefined;
    expect(await self(unkeyable)).toBe(unkeyable);
    const same = (value: object): object => value;
    expect(await cache.cacheResult(same, unkeyable)).toBe(unkeyable);
    expect(await cache.itemForKey(1).loadOrSave(() => 'computed')).toBe('computed');
    expect(await failureOf(() => cache.itemForKey(1).loadOrSave(() => Promise.reject(new Error('mine'))))).toEqual(
      new Error('mine'),
    );
    expect([asked, trace.take()]).toEqual([[], []]);
  });

  it('off answers with a promise exactly where the store does', async () => {
    const { cache } = makeCache({ mode: 'off' });
    const two = (): number => 2;
    const promises = [
      cache.wrap(() => 1, { name: 'one' })(),
      cache.cacheResult(two),
      cache.itemForKey(1).loadOrSave(() => 3),
    ];
    expect(promises.map((answer) => isPromise(answer))).toEqual(Array(3).fill(kind.kind === 'async'));
    for (const [index, answer] of promises.entries()) expect(await answer).toBe(index + 1);
  });

  it('off gives the value of NoCache, thrown at once or out of a promise', async () => {
    const { cache } = makeCache({ mode: 'off' });
    const fail = (n: number): unknown => {
      if (n === 0) throw new NoCache('at once');
      return Promise.reject(new NoCache('later'));
    };
    expect([await cache.cacheResult(fail, 0), await cache.cacheResult(fail, 1)]).toEqual(['at once', 'later']);
    expect(await cache.itemForKey(1).loadOrSave(() => fail(0))).toBe('at once');
    expect(await cache.itemForKey(1).loadOrSave(() => fail(1))).toBe('later');
  });

  it('off waits for a thenable whose then answers with nothing', async () => {
    const { cache } = makeCache({ mode: 'off' });
    const thenable = (value: number): PromiseLike<number> =>
      ({ then: (resolve: (value: number) => void) => resolve(value) }) as PromiseLike<number>;
    expect(await cache.cacheResult(thenable, 5)).toBe(5);
  });

  it('of a function counts over the mode of the cache', async () => {
    const { cache, trace } = makeCache();
    const one = cache.wrap(() => 1, { name: 'one', mode: 'readonly' });
    await one();
    expect(trace.take()).toEqual(['miss absent', 'skip mode']);
  });
});

describe('The mode off', () => {
  const folder = useTempFolders();
  afterEach(() => {
    delete process.env['TEMPCACHE_MODE'];
  });

  it('makes no folder', async () => {
    const path = `${folder()}/cache`;
    const cache = new TempCache(path, { mode: 'off' });
    const one = (): number => 1;
    expect(cache.cacheResult(one)).toBe(1);
    const item = cache.itemForKey(1);
    item.save(1);
    expect([item.exists(), item.trySave(1), item.delete(), item.info(), item.tryLoad('none')]).toEqual([
      false,
      false,
      false,
      undefined,
      'none',
    ]);
    expect([cache.clear(), cache.prune().expired, cache.destroy()]).toEqual([0, 0, undefined]);
    expect(existsSync(path)).toBe(false);
  });

  it('is set by $TEMPCACHE_MODE over what the options say, for a function too', async () => {
    process.env['TEMPCACHE_MODE'] = 'off';
    const path = `${folder()}/cache`;
    const cache = new TempCache(path, { mode: 'on' });
    const two = (): number => 2;
    expect(cache.wrap(() => 1, { name: 'one', mode: 'on' })()).toBe(1);
    expect(cache.with({ mode: 'refresh' }).cacheResult(two)).toBe(2);
    expect(existsSync(path)).toBe(false);
  });
});
