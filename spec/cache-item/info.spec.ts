import { describe, expect, it } from '@jest/globals';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import { START, useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf, joined, NEVER } from '../support/store-suite/use-store.ts';

const clock = useClock();

describe.each(storeKinds)('Over $name, info()', (kind) => {
  const makeCache = useCaches(kind);

  it('tells all that is known of a value, without reading it', async () => {
    const { cache, asked, store } = makeCache({ maxAge: '1h' });
    const item = cache.itemForKey(1);
    await item.save({ a: 1 });
    clock.now += 5;
    asked.length = 0;
    const info = await item.info();
    expect(asked).toEqual(['peek']);
    const bytes = joined(await store.get(item.id))?.length;
    expect(info).toEqual({
      id: item.id,
      name: '',
      label: '',
      createdAt: START,
      expiresAt: START + 3_600_000,
      lastUsedAt: expect.any(Number),
      bytes,
      serializer: 'v8',
      computeMs: 0,
    });
  });

  it('tells the function, its label, the serializer and the time that it took', async () => {
    const { cache } = makeCache({ maxAge: Infinity });
    const work = cache.wrap(
      (n: number) => {
        const end = performance.now() + 3;
        while (performance.now() < end);
        return n;
      },
      { name: 'work', label: (n) => `the ${n}th`, serializer: jsonSerializer() },
    );
    await work(5);
    const info = await work.cache.itemFor(5).info();
    expect(info).toMatchObject({ name: 'work', label: 'the 5th', serializer: 'json', expiresAt: Infinity });
    expect(info?.computeMs).toBeGreaterThanOrEqual(3);
  });

  it('counts the time that a promise took', async () => {
    const { cache } = makeCache();
    const work = cache.wrap(
      async () => {
        const end = performance.now() + 3;
        while (performance.now() < end) await Promise.resolve();
      },
      { name: 'work' },
    );
    await work();
    expect((await work.cache.itemFor().info())?.computeMs).toBeGreaterThanOrEqual(3);
  });

  it('is undefined where there is nothing', async () => {
    const { cache } = makeCache();
    expect(await cache.itemForKey('absent').info()).toBeUndefined();
  });

  it('is undefined for a record whose head is damaged, and not for one whose value is', async () => {
    const { cache, store } = makeCache();
    const item = cache.itemForKey(1);
    await item.save('a value');
    const record = joined(await store.get(item.id)) as Buffer;
    for (const [at, known] of [
      [0, false],
      [50, false],
      [record.length - 1, true],
    ] as const) {
      // prettier-ignore
      const damaged = Buffer.from(record);
      damaged[at] = (damaged[at] as number) ^ 0xff;
      await store.set(item.id, [damaged], NEVER);
      expect((await item.info()) !== undefined).toBe(known);
    }
  });

  it('tells of a record that has expired too, and until when it was good for this cache', async () => {
    const { cache } = makeCache({ maxAge: 1000 });
    const item = cache.itemForKey(1);
    await item.save(1, { maxAge: 500 });
    clock.now += 10_000;
    expect(await item.exists()).toBe(false);
    expect((await item.info())?.expiresAt).toBe(START + 500);
    expect((await cache.with({ maxAge: 100 }).itemForKey(1).info())?.expiresAt).toBe(START + 100);
  });

  it('tells of a record of another serializer too', async () => {
    const { cache } = makeCache({ serializer: jsonSerializer() });
    await cache.itemForKey(1).save('x'.repeat(100_000));
    expect(await cache.itemForKey(1).info()).toMatchObject({ serializer: 'json' });
    expect((await cache.itemForKey(1).info())?.bytes).toBeGreaterThan(100_000);
  });
});

describe.each(storeKinds)('Over $name, the age of an item', (kind) => {
  const makeCache = useCaches(kind);

  it('is compared with a time or a Date', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    await item.save(1);
    for (const [time, older, newer] of [
      [START - 1, false, true],
      [START, false, false],
      [START + 1, true, false],
      [Infinity, true, false],
      [-Infinity, false, true],
    ] as const) {
      expect([await item.olderThan(time), await item.newerThan(time)]).toEqual([older, newer]);
      if (!Number.isFinite(time)) continue;
      expect([await item.olderThan(new Date(time)), await item.newerThan(new Date(time))]).toEqual([older, newer]);
    }
  });

  it('is neither older nor newer where there is none', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    expect([await item.olderThan(Infinity), await item.newerThan(-Infinity)]).toEqual([false, false]);
  });

  it('is refused a time that is none', async () => {
    const { cache } = makeCache();
    for (const time of [Number.NaN, new Date(Number.NaN), 'soon', undefined]) {
      for (const method of ['olderThan', 'newerThan'] as const) {
        const failure = await failureOf(() => cache.itemForKey(1)[method](time as number));
        expect(failure).toMatchObject({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
      }
    }
  });
});
