import { describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { defer } from '../support/deferred.ts';
import { generatorCases, take, type AnyGenerator } from '../support/generators.ts';
import { usePassingTime } from '../support/passing-time.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { told } from '../support/trace.ts';

const pass = usePassingTime();

/** A generator function that notes the signals that it is given, and gives items without an end. */
function makeEndless(kind: 'sync' | 'async') {
  const signals: AbortSignal[] = [];
  const closed: boolean[] = [];
  function* endless(signal: AbortSignal): Generator<number> {
    signals.push(signal);
    try {
      for (let n = 0; ; n++) yield n;
    } finally {
      closed.push(true);
    }
  }
  async function* endlessLater(signal: AbortSignal): AsyncGenerator<number> {
    yield* endless(signal);
  }
  const fn = (kind === 'sync' ? endless : endlessLater) as (signal: AbortSignal) => AnyGenerator;
  return { fn, signals, closed };
}

describe.each(generatorCases)('The signal of $name', ({ store, source }) => {
  const makeCache = useCaches(store);

  it('ends the run where it stands when it aborts: nothing of it is stored', async () => {
    const { cache, trace } = makeCache();
    const { fn, signals, closed } = makeEndless(source.kind);
    const items = cache.wrap(fn, { name: 'items' }) as typeof fn;
    const controller = new AbortController();
    const run = items(controller.signal);
    expect(await take(run, 3)).toEqual([0, 1, 2]);
    expect(signals[0]).not.toBe(controller.signal);
    controller.abort('gone');
    expect(signals[0]?.aborted).toBe(true);
    await expect((async () => run.next())()).rejects.toBe('gone');
    expect(await run.next()).toEqual({ done: true, value: undefined });
    expect([closed, trace.take()]).toEqual([[true], ['miss absent', 'skip aborted']]);
  });

  it('ends the replay of a stored run, and refuses one where it has aborted before', async () => {
    const { cache, trace } = makeCache();
    const controller = new AbortController();
    const { fn } = makeEndless(source.kind);
    const items: (n: number, signal?: AbortSignal) => AnyGenerator = source.make().items;
    const three = cache.wrap(items, { name: 'three' });
    await take(three(3) as AnyGenerator, 9);
    trace.take();
    const replay = three(3, controller.signal) as AnyGenerator;
    expect(await take(replay, 1)).toEqual([{ n: 0 }]);
    controller.abort('gone');
    await expect((async () => replay.next())()).rejects.toBe('gone');
    for (const late of [three(3, controller.signal), cache.wrap(fn, { name: 'items' })(controller.signal)]) {
      await expect((async () => (late as AnyGenerator).next())()).rejects.toBe('gone');
    }
    expect(trace.take()).toEqual(['hit']);
  });
});

describe.each(storeKinds)('Over $name, an asynchronous generator that waits', (kind) => {
  const makeCache = useCaches(kind);

  function make(options: Parameters<typeof makeCache>[0] = {}) {
    const made = makeCache(options);
    const signals: (AbortSignal | undefined)[] = [];
    const gates = [defer<string>(), defer<string>()] as const;
    const items = made.cache.wrap(async function* items({ signal }: { readonly signal?: AbortSignal } = {}) {
      signals.push(signal);
      yield 'first';
      for (const gate of gates) yield await gate.promise;
    });
    return { ...made, signals, gates, items };
  }

  it('is left at once when its signal aborts, and what it gives later is not stored', async () => {
    const { items, gates, signals, trace } = make();
    const controller = new AbortController();
    const run = items({ signal: controller.signal });
    await run.next();
    const second = run.next();
    await pass(0);
    controller.abort('gone');
    await expect(second).rejects.toBe('gone');
    expect(signals[0]?.aborted).toBe(true);
    gates[0].resolve('late');
    await told(trace, 'skip');
    expect(trace.take()).toEqual(['miss absent', 'skip aborted']);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('fails when all its items together take longer than computeTimeout, and its signal aborts', async () => {
    const { items, signals, trace, gates } = make({ computeTimeout: 1000 });
    const run = items({ signal: new AbortController().signal });
    await run.next();
    const second = run.next();
    await pass(500);
    expect(signals[0]?.aborted).toBe(false);
    await pass(500);
    await expect(second).rejects.toMatchObject({ code: 'ERR_TEMPCACHE_COMPUTE_TIMEOUT' });
    expect(signals[0]?.reason).toMatchObject({ code: 'ERR_TEMPCACHE_COMPUTE_TIMEOUT' });
    gates[0].resolve('late');
    await pass(0);
    expect(trace.take()).toEqual(['miss absent', 'skip aborted']);
  });

  it('is not aborted where it runs anew in the background', async () => {
    const { items, signals, gates, trace } = make({ maxAge: 1000, staleWhileRevalidate: true });
    for (const gate of gates) gate.resolve('item');
    await take(items({}), 9);
    await pass(1000);
    const controller = new AbortController();
    const replay = items({ signal: controller.signal });
    await replay.next();
    controller.abort();
    await pass(10);
    await told(trace, 'save', 2);
    expect(signals.map((signal) => signal?.aborted)).toEqual([undefined, false]);
  });
});
