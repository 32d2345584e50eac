import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache, type TempCacheOptions } from '../../lib/index.ts';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

/** The ways to ask for a value while another asks, too. */
const WAYS = ['call', 'refresh', 'item'] as const;

interface Rows {
  rows: number[];
}

/** What comes of a computation, and with which options: each time there is an object that callers must not share. */
const ENDS: readonly {
  readonly name: string;
  readonly options?: Omit<TempCacheOptions, 'store'>;
  readonly compute?: () => unknown;
  readonly isFull?: boolean;
}[] = [
  { name: 'is stored' },
  { name: 'is stored and kept in memory', options: { memory: true } },
  { name: 'is too large', options: { maxEntryBytes: 10 } },
  { name: 'is not to be saved', options: { mode: 'readonly' } },
  { name: 'cannot be written', isFull: true },
  { name: 'is that of NoCache', compute: () => Promise.reject(new NoCache({ rows: [3, 1, 2] })) },
  { name: 'is a buffer', compute: () => Buffer.from([3, 1, 2]) },
];

describe.each(storeKinds)('Over $name, callers who ask for a value at the same time', (kind) => {
  const makeCache = useCaches(kind);

  it.each(ENDS.flatMap((end) => WAYS.map((way) => ({ ...end, way }))))(
    'by $way have objects of their own where it $name',
    async ({ options = {}, compute = () => ({ rows: [3, 1, 2] }), isFull, way }) => {
      const made = makeCache(options);
      if (isFull === true) made.break('set', { error: new Error('full') });
      let runs = 0;
      const load = made.cache.wrap(
        async () => {
          runs++;
          await setImmediate();
          return compute() as Rows;
        },
        { name: 'load' },
      );
      const item = made.cache.itemForKey('rows');
      const asks = { call: load, refresh: load.cache.refresh, item: () => item.loadOrSave(load.cache.original) };
      const values = await Promise.all(
        Array.from({ length: 200 }, async () => {
          const value = await asks[way]();
          const rows = (value.rows as number[] | undefined) ?? (value as unknown as Buffer);
          const before = [...rows];
          rows.sort();
          return { value, before };
        }),
      );
      expect(runs).toBe(1);
      expect(new Set(values.map(({ value }) => value)).size).toBe(200);
      for (const { before } of values) expect(before).toEqual([3, 1, 2]);
    },
  );

  it('compute each for itself what cannot be encoded, sixteen at a time, and each has its own', async () => {
    const { cache, trace } = makeCache();
    let [running, most, runs] = [0, 0, 0];
    const fetched = cache.wrap(
      async () => {
        most = Math.max(most, ++running);
        runs++;
        await setImmediate();
        running--;
        return new Response('body');
      },
      { name: 'fetched' },
    );
    const bodies = await Promise.all(Array.from({ length: 40 }, async () => (await fetched()).text()));
    expect(bodies).toEqual(Array(40).fill('body'));
    expect([runs, most]).toEqual([40, 16]);
    expect(trace.take().filter((event) => event === 'miss absent')).toHaveLength(40);
  });

  it('have each what cannot be changed at once, also where it cannot be encoded', async () => {
    const { cache } = makeCache();
    let runs = 0;
    const load = cache.wrap(async () => ++runs && Symbol('of this process'), { name: 'load' });
    const [first, second] = await Promise.all([load(), load()]);
    expect([first === second, runs]).toEqual([true, 1]);
  });

  it('share the error of a computation that fails', async () => {
    const { cache } = makeCache();
    const load = cache.wrap(async () => JSON.parse('{') as unknown, { name: 'load' });
    const [first, second] = await Promise.allSettled([load(), load()]);
    expect((first as PromiseRejectedResult).reason).toBe((second as PromiseRejectedResult).reason);
  });
});

describe('The option share of the memory', () => {
  const load = (cache: TempCache): Promise<object> =>
    cache.itemForKey('shared').loadOrSave(async () => setImmediate({ a: 1 }));

  it('has callers of its own cache share the value that one of them computes, and no other', async () => {
    const store = memoryStore();
    const sharing = new TempCache('sharing', { store, memory: { share: true } });
    const other = new TempCache('other', { store });
    const [first, second, third] = await Promise.all([load(sharing), load(sharing), load(other)]);
    expect([first === second, first === third]).toEqual([true, false]);
    expect(third).toEqual({ a: 1 });
  });

  it('does not share the value that a caller of another cache computes', async () => {
    const store = memoryStore();
    const sharing = new TempCache('sharing', { store, memory: { share: true } });
    const [first, second] = await Promise.all([load(new TempCache('other', { store })), load(sharing)]);
    expect([first === second, second]).toEqual([false, { a: 1 }]);
  });
});
