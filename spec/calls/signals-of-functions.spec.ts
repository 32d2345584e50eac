import { describe, expect, it, jest } from '@jest/globals';
import { getEventListeners } from 'node:events';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { loneCache } from '../support/identity.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

interface Options {
  readonly signal?: AbortSignal;
}

describe.each(storeKinds)('Over $name, a function', (kind) => {
  const makeCache = useCaches(kind);

  it('is given copies of the options with a signal of its own, and all else as it is', async () => {
    const seen: (readonly unknown[])[] = [];
    const see = async (...args: readonly unknown[]): Promise<number> => seen.push(args);
    const cached = makeCache().cache.wrap(see, { key: () => 1 });
    const { signal } = new AbortController();
    const defaults = { retries: 3 };
    const options = Object.freeze(Object.assign(Object.create(defaults) as object, { signal, page: 1 }));
    await cached(signal, options, 5);
    const [own, copy, last] = seen[0] as [AbortSignal, typeof options & { retries: number }, number];
    expect([own === signal, copy.signal, copy.page, copy.retries, last]).toEqual([false, own, 1, 3, 5]);
    expect(Object.getPrototypeOf(copy)).toBe(defaults);
    expect(options.signal).toBe(signal);
  });

  it('that turns out to answer with promises is given one as well', async () => {
    const seen: (AbortSignal | undefined)[] = [];
    const cached = makeCache().cache.wrap(function load(_page: number, { signal }: Options = {}) {
      seen.push(signal);
      return new Promise<never>((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    });
    const controller = new AbortController();
    const call = cached(1, { signal: controller.signal });
    while (seen.length === 0) await setImmediate();
    controller.abort('gone');
    await expect(call).rejects.toBe('gone');
    expect([seen[0] === controller.signal, seen[0]?.aborted]).toEqual([false, true]);
  });

  it('that alone can read the signal computes for itself for those who do not abort', async () => {
    const begun: Request[] = [];
    const cached = makeCache().cache.wrap(
      async (request: Request) => {
        begun.push(request);
        if (begun.length > 1) return 'value';
        return new Promise<string>((_resolve, reject) => {
          request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
        });
      },
      { name: 'load', key: ({ url }) => url },
    );
    const controller = new AbortController();
    const first = new Request('http://localhost/', { signal: controller.signal });
    const calls = [cached(first), cached(new Request('http://localhost/'))];
    while (begun.length === 0) await setImmediate();
    controller.abort('gone');
    await expect(calls[0]).rejects.toBe('gone');
    expect([await calls[1], begun[0] === first]).toEqual(['value', true]);
  });

  it('leaves no listener on a signal, and no warning is printed, however many calls there are', async () => {
    const warned = jest.fn();
    process.on('warning', warned);
    const { signal } = new AbortController();
    const cached = makeCache().cache.wrap(async (n: number, _options: Options) => n % 10, {
      name: 'load',
      key: (n) => n % 10,
    });
    const calls = Array.from({ length: 10_000 }, async (_, n) => cached(n, { signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await Promise.all(calls);
    await cached(1, { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    await setImmediate();
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
  });
});

describe('A synchronous function', () => {
  it('is not called where a signal has aborted before, and what is stored is not served', () => {
    const seen: boolean[] = [];
    const cached = loneCache().wrap(function load(n: number, { signal }: Options = {}) {
      seen.push(signal?.aborted === true);
      return n;
    });
    const reason = new Error('before');
    expect(cached(1, { signal: new AbortController().signal })).toBe(1);
    for (const n of [1, 2]) expect(() => cached(n, { signal: AbortSignal.abort(reason) })).toThrow(reason);
    expect(seen).toEqual([false]);
    expect(getEventListeners(new AbortController().signal, 'abort')).toHaveLength(0);
  });

  it('is given the signal of its caller where the cache is off', () => {
    const controller = new AbortController();
    const cached = loneCache({ mode: 'off' }).wrap((signal: AbortSignal) => signal === controller.signal, {
      name: 'isIt',
    });
    expect(cached(controller.signal)).toBe(true);
    controller.abort();
    expect(cached(controller.signal)).toBe(true);
  });
});
