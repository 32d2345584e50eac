import { describe, expect, it } from '@jest/globals';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { defer } from '../support/deferred.ts';
import { loneCache } from '../support/identity.ts';
import { Shop } from '../support/shop.ts';

function makeCounted() {
  let calls = 0;
  return function counted(id: number): string {
    calls++;
    return `${id}: ${calls}`;
  };
}

function makeLater() {
  let calls = 0;
  return async function later(id: number): Promise<string> {
    calls++;
    return `${id}: ${calls}`;
  };
}

describe('cache.run', () => {
  const clock = useClock();

  it('tells how a call came to its value', () => {
    const cached = loneCache().wrap(makeCounted(), { maxAge: 1000 });
    const { id } = cached.cache.itemFor(1);
    expect(cached.cache.run(1)).toEqual({ value: '1: 1', status: 'miss', reason: 'absent', age: 0, id });
    clock.now += 600;
    expect(cached.cache.run(1)).toEqual({ value: '1: 1', status: 'hit', age: 600, id });
    clock.now += 400;
    expect(cached.cache.run(1)).toEqual({ value: '1: 2', status: 'miss', reason: 'expired', age: 0, id });
    expect(cached(1)).toBe('1: 2');
  });

  it('tells of a value past its age', () => {
    const cached = loneCache().wrap(makeCounted(), { maxAge: 1000, staleWhileRevalidate: 1000 });
    cached(1);
    clock.now += 1500;
    expect(cached.cache.run(1)).toMatchObject({ value: '1: 1', status: 'stale', age: 1500 });
  });

  it('gives a promise for an async function, that of a joined computation too', async () => {
    const gate = defer<string>();
    const cached = loneCache().wrap(async function later() {
      return gate.promise;
    });
    const calls = [cached.cache.run(), cached.cache.run(), cached()] as const;
    gate.resolve('value');
    const { id } = cached.cache.itemFor();
    expect(await Promise.all(calls)).toEqual([
      { value: 'value', status: 'miss', reason: 'absent', age: 0, id },
      { value: 'value', status: 'coalesced', age: 0, id },
      'value',
    ]);
    expect(await cached.cache.run()).toMatchObject({ value: 'value', status: 'hit' });
  });

  it('gives a promise for a function that answered with one without being declared async', async () => {
    const cached = loneCache().wrap(function later(id: number) {
      return Promise.resolve(id);
    });
    const first: unknown = cached.cache.run(1);
    expect(await first).toMatchObject({ value: 1, status: 'miss' });
    const second: unknown = cached.cache.run(1);
    expect(typeof (second as { then?: unknown }).then).toBe('function');
    expect(await second).toMatchObject({ value: 1, status: 'hit' });
  });

  it('gives a promise over a store that does', async () => {
    const remote = new TempCache('remote', { store: memoryStore({ async: true }) });
    const cached = remote.wrap(makeCounted());
    expect(await cached.cache.run(1)).toMatchObject({ value: '1: 1', status: 'miss', age: 0 });
    expect(await cached.cache.run(1)).toMatchObject({ value: '1: 1', status: 'hit' });
  });

  it('computes where the cache is off, and makes no key', async () => {
    const off = loneCache({ mode: 'off' });
    const unkeyable = (() => 1) as never;
    const computed = { status: 'miss', age: 0, id: '' };
    expect(off.wrap(makeCounted()).cache.run(unkeyable)).toEqual({ value: `${String(unkeyable)}: 1`, ...computed });
    expect(await off.wrap(makeLater()).cache.run(1)).toEqual({ value: '1: 1', ...computed });
    const remote = new TempCache('remote', { store: memoryStore({ async: true }), mode: 'off' });
    expect(await remote.wrap(makeCounted()).cache.run(1)).toEqual({ value: '1: 1', ...computed });
  });

  it('throws or rejects as the call does', async () => {
    const refused = { code: 'ERR_TEMPCACHE_UNKEYABLE' };
    const unkeyable = Symbol('mine') as never;
    expect(() => loneCache().wrap(makeCounted()).cache.run(unkeyable)).toThrow(expect.objectContaining(refused));
    await expect(loneCache().wrap(makeLater()).cache.run(unkeyable)).rejects.toMatchObject(refused);
    const fail = loneCache().wrap(function fail(): never {
      throw new Error('mine');
    });
    expect(() => fail.cache.run()).toThrow('mine');
  });

  it('tells of a NoCache', () => {
    const cached = loneCache().wrap(function never(): string {
      throw new NoCache('not stored');
    });
    expect(cached.cache.run()).toMatchObject({ value: 'not stored', status: 'miss' });
  });

  it('hands on a run of a generator, and tells whether it was stored', () => {
    const cached = loneCache().wrap(function* count(to: number) {
      for (let item = 1; item <= to; item++) yield item;
    });
    const first = cached.cache.run(3);
    expect([first.status, [...first.value]]).toEqual(['miss', [1, 2, 3]]);
    const second = cached.cache.run(3);
    expect([second.status, [...second.value]]).toEqual(['hit', [1, 2, 3]]);
    expect(cached.cache.stats()).toMatchObject({ hits: 1, misses: 1 });
  });
});

describe('The this of run, refresh and itemFor', () => {
  it('is that of the call, where it is not the property itself', () => {
    const price = loneCache().wrap(Shop.prototype.price);
    const [two, three] = [new Shop(2), new Shop(3)];
    const { run, refresh, itemFor } = price.cache;
    expect(run.call(two, 10)).toMatchObject({ value: 20, status: 'miss' });
    expect(run.call(three, 10)).toMatchObject({ value: 30, status: 'miss' });
    expect(price.call(two, 10)).toBe(20);
    expect(itemFor.call(two, 10).load()).toBe(20);
    expect(refresh.call(three, 10)).toBe(30);
    expect(price.cache.stats()).toMatchObject({ hits: 1, misses: 3 });
  });

  it('is undefined otherwise', () => {
    const self = loneCache().wrap(function self(this: unknown) {
      return this === undefined;
    });
    const { run } = self.cache;
    expect([self.cache.run().value, run().value, self.cache.refresh()]).toEqual([true, true, true]);
    expect(self.cache.itemFor().load()).toBe(true);
  });
});
