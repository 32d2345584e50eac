import { describe, expect, it } from '@jest/globals';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { makeTrace } from '../support/trace.ts';

interface User {
  readonly id: number;
}

function makeCache() {
  const trace = makeTrace();
  return { cache: new TempCache('spec', { store: memoryStore(), onEvent: trace.onEvent }), trace };
}

/** Functions are wrapped once in a store; every spec has one of its own. */
function makeCounted() {
  let calls = 0;
  return function counted(user: User): string {
    calls++;
    return `${user.id}: ${calls}`;
  };
}

describe('cacheResult', () => {
  const clock = useClock();

  it('shares its entries with the cached function, its original and its items', () => {
    const { cache, trace } = makeCache();
    const counted = makeCounted();
    const cached = cache.wrap(counted);
    expect(cache.cacheResult(counted, { id: 1 })).toBe('1: 1');
    expect([cached({ id: 1 }), cache.cacheResult(cached, { id: 1 })]).toEqual(['1: 1', '1: 1']);
    expect(cache.itemForCall(counted, { id: 1 }).load()).toBe('1: 1');
    expect(cache.itemForCall(cached, { id: 1 }).id).toBe(cached.cache.itemFor({ id: 1 }).id);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'hit', 'hit']);
  });

  it('takes options before the function, for this call alone', () => {
    const { cache } = makeCache();
    const counted = makeCounted();
    cache.wrap(counted, { maxAge: '1h' });
    const once = { name: 'mine', label: () => 'by hand', maxAge: 1000, key: ({ id }: User) => id % 10 };
    const ask = (id: number): string => cache.cacheResult(once, counted, { id });
    expect([ask(1), ask(11), cache.cacheResult(counted, { id: 1 })]).toEqual(['1: 1', '1: 1', '1: 2']);
    const item = cache.itemForCall(once, counted, { id: 21 });
    expect([item.load(), item.info()]).toEqual(['1: 1', expect.objectContaining({ name: 'mine', label: 'by hand' })]);
    clock.now += 1000;
    expect([ask(31), cache.cacheResult(counted, { id: 1 })]).toEqual(['31: 3', '1: 2']);
  });

  it.each([[{}], [null, () => 1], ['name', () => 1], [undefined], [{ nam: 'x' }, () => 1]])(
    'refuses %j before the function',
    (...given) => {
      const { cache } = makeCache();
      for (const method of ['cacheResult', 'itemForCall'] as const) {
        const attempt = (): unknown => Reflect.apply(cache[method], cache, given);
        expect(attempt).toThrow(expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' }));
      }
    },
  );

  it('works with the options that the function was wrapped with', () => {
    const { cache } = makeCache();
    const counted = makeCounted();
    cache.wrap(counted, {
      name: 'mine',
      deps: [1],
      key: ({ id }) => id % 10,
      shouldCache: (value) => !value.endsWith('1'),
      label: ({ id }) => `user ${id}`,
      serializer: jsonSerializer(),
      maxAge: 1000,
    });
    const ask = (id: number): string => cache.cacheResult(counted, { id });
    expect([ask(1), ask(11), ask(21)]).toEqual(['1: 1', '11: 2', '11: 2']);
    expect(cache.itemForCall(counted, { id: 31 }).info()).toMatchObject({
      name: 'mine',
      label: 'user 11',
      serializer: 'json',
    });
    clock.now += 1000;
    expect(ask(31)).toBe('31: 3');
  });

  it('works with the options of the last wrap', () => {
    const { cache } = makeCache();
    const counted = makeCounted();
    cache.wrap(counted, { version: '1' });
    const last = cache.wrap(counted, { version: '2' });
    expect(cache.itemForCall(counted, { id: 1 }).id).toBe(last.cache.itemFor({ id: 1 }).id);
  });

  it('works with options that are given after the first call', () => {
    const { cache } = makeCache();
    const counted = makeCounted();
    cache.cacheResult(counted, { id: 1 });
    const cached = cache.wrap(counted, { key: ({ id }) => id % 10 });
    expect(cache.itemForCall(counted, { id: 12 }).id).toBe(cached.cache.itemFor({ id: 2 }).id);
  });

  it('finds in another cache what a function of the same options saved', () => {
    const store = memoryStore();
    const [a, b] = [new TempCache('a', { store }), new TempCache('b', { store })];
    const counted = makeCounted();
    expect([a.cacheResult(counted, { id: 1 }), b.wrap(counted)({ id: 1 })]).toEqual(['1: 1', '1: 1']);
  });
});

describe('with()', () => {
  const clock = useClock();

  it('decides over the options of a function that is called at the place of a call', () => {
    const { cache } = makeCache();
    const counted = makeCounted();
    const cached = cache.wrap(counted, { maxAge: '1h' });
    cached({ id: 1 });
    clock.now += 10_000;
    expect(cache.with({ maxAge: '20s' }).cacheResult(cached, { id: 1 })).toBe('1: 1');
    expect(cache.with({ maxAge: '5s' }).cacheResult(cached, { id: 1 })).toBe('1: 2');
    expect(cached({ id: 1 })).toBe('1: 2');
  });

  it('keeps what it decided when it is called again', () => {
    const { cache } = makeCache();
    const cached = cache.wrap(makeCounted(), { maxAge: '1h', mode: 'on' });
    cached({ id: 1 });
    clock.now += 10_000;
    const brief = cache.with({ maxAge: '5s' });
    expect(brief.with({ salt: '' }).cacheResult(cached, { id: 1 })).toBe('1: 2');
    expect(brief.with({ mode: 'readonly' }).cacheResult(cached, { id: 1 })).toBe('1: 2');
    clock.now += 10_000;
    expect(brief.with({ mode: 'readonly' }).cacheResult(cached, { id: 1 })).toBe('1: 3');
    expect(cached({ id: 1 })).toBe('1: 2');
  });

  it('decides nothing about options that it is given as undefined', () => {
    const { cache } = makeCache();
    const cached = cache.wrap(makeCounted(), { maxAge: '5s' });
    cached({ id: 1 });
    clock.now += 10_000;
    const same = cache.with({ maxAge: undefined, mode: undefined } as object);
    expect(same.cacheResult(cached, { id: 1 })).toBe('1: 2');
  });

  it('leaves the options alone that a function is wrapped with through it', () => {
    const { cache } = makeCache();
    const cached = cache.with({ maxAge: '5s' }).wrap(makeCounted(), { maxAge: '1h' });
    cached({ id: 1 });
    clock.now += 10_000;
    expect(cached({ id: 1 })).toBe('1: 1');
  });
});
