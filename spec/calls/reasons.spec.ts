import { describe, expect, it } from '@jest/globals';
import type { CallOutcome } from '../../lib/functions/detailed-calls.ts';
import type { AnyFunctionOptions } from '../../lib/functions/function-options.ts';
import type { AnyFunction } from '../../lib/functions/source.ts';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { useClock } from '../support/clock.ts';
import { defer } from '../support/deferred.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../support/store-kinds.ts';

interface Told {
  readonly status: string;
  readonly reason: string | undefined;
}
type Run = (...args: readonly unknown[]) => Promise<Told>;

const functions: readonly (readonly [string, AnyFunction])[] = [
  ['a function', (id: number) => id],
  ['an async function', async (id: number) => id],
  ['a function that gives a promise', (id: number) => Promise.resolve(id)],
  [
    'a generator',
    function* generate(id: number): Generator<number> {
      yield id;
    },
  ],
  [
    'an async generator',
    async function* generate(id: number): AsyncGenerator<number> {
      yield id;
    },
  ],
];

describe.each(storeKinds)('Over $name, run() of', (kind) => {
  const make = useCaches(kind);
  const clock = useClock();

  /** Runs a call, to its end where it is a generator. */
  function runner({ cache }: CacheUnderTest, fn: AnyFunction, options: AnyFunctionOptions = {}): Run {
    const { cache: property } = cache.wrap(fn, { name: 'load', ...options } as never);
    const run = property.run as unknown as (...args: readonly unknown[]) => unknown;
    return async (...args) => {
      const { value, status, reason } = (await run(...args)) as CallOutcome;
      if (typeof value === 'object') for await (const item of value as AsyncIterable<unknown>) expect(item).toBe(1);
      return { status, reason };
    };
  }

  describe.each(functions)('%s', (_name, fn) => {
    it('tells why it was a miss, as the event does', async () => {
      const current = make({ maxAge: 1000 });
      const run = runner(current, fn);
      const { id } = current.cache.wrap(fn, { name: 'load' }).cache.itemFor(1);
      expect(await run(1)).toEqual({ status: 'miss', reason: 'absent' });
      expect(await run(1)).toEqual({ status: 'hit', reason: undefined });
      clock.now += 1000;
      expect(await run(1)).toEqual({ status: 'miss', reason: 'expired' });
      await current.store.set(id, [Buffer.from('no record')], { expiresAt: Infinity });
      expect(await run(1)).toEqual({ status: 'miss', reason: 'corrupt' });
      expect(current.trace.take().filter((event) => event.startsWith('miss'))).toEqual([
        'miss absent',
        'miss expired',
        'miss corrupt',
      ]);
    });

    it('tells it in every mode', async () => {
      const current = make();
      const [off, readonly, refresh] = (['off', 'readonly', 'refresh'] as const).map((mode) =>
        runner(current, fn, { mode }),
      );
      expect(await readonly?.(1)).toEqual({ status: 'miss', reason: 'absent' });
      expect(await refresh?.(1)).toEqual({ status: 'miss', reason: 'refresh' });
      expect(await readonly?.(1)).toEqual({ status: 'hit', reason: undefined });
      expect(await off?.(1)).toEqual({ status: 'miss', reason: undefined });
    });

    it('tells of a store that fails that nothing is there', async () => {
      const current = make();
      const run = runner(current, fn);
      await run(1);
      current.break('get', { error: new Error('no power') });
      expect(await run(1)).toEqual({ status: 'miss', reason: 'absent' });
    });

    it('tells no reason where a value past its age is served', async () => {
      const run = runner(make({ maxAge: 1000, staleWhileRevalidate: true }), fn);
      await run(1);
      clock.now += 2000;
      expect(await run(1)).toEqual({ status: 'stale', reason: undefined });
    });
  });

  it('a function whose value is not stored tells it', async () => {
    const run = runner(make(), () => {
      throw new NoCache(1);
    });
    expect(await run()).toEqual({ status: 'miss', reason: 'absent' });
  });

  it('a function that fails and is served a value past its age tells none', async () => {
    let fails = false;
    const run = runner(make({ captures: 'off', maxAge: 1000, staleIfError: true }), () => {
      if (fails) throw new Error('mine');
      return 1;
    });
    await run();
    fails = true;
    clock.now += 2000;
    expect(await run()).toEqual({ status: 'stale', reason: undefined });
  });

  it('a call that joins another tells none', async () => {
    const gate = defer<number>();
    const run = runner(make(), () => gate.promise);
    const both = [run(), run()];
    gate.resolve(1);
    expect(await Promise.all(both)).toEqual([
      { status: 'miss', reason: 'absent' },
      { status: 'coalesced', reason: undefined },
    ]);
  });

  it('a call whose arguments were changed meanwhile tells why nothing was found', async () => {
    const current = make();
    const list = [1];
    const run = runner(current, async (given: readonly number[]) => given.length);
    const pending = run(list);
    list.push(2);
    expect(await pending).toEqual({ status: 'miss', reason: 'absent' });
  });
});
