import { describe, expect, it, jest } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { readdirSync } from 'node:fs';
import { inFlightCallsOf } from '../../lib/calls/context.ts';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { UnsafeFolderError } from '../../lib/common/errors.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../support/store-kinds.ts';
import { ways } from '../support/ways.ts';
import { holderOf } from '../support/lease.ts';

const unsafe = new UnsafeFolderError('not safe', { path: '/nowhere' });

/** The ends that a computation may come to. */
const ENDS: readonly {
  readonly name: string;
  readonly compute: () => unknown;
  readonly prepare?: (made: CacheUnderTest) => void;
}[] = [
  { name: 'gives a value', compute: () => 1 },
  { name: 'gives what cannot be stored', compute: () => () => 1 },
  { name: 'throws', compute: () => JSON.parse('{') as unknown },
  {
    name: 'throws NoCache',
    compute() {
      throw new NoCache(1);
    },
  },
  { name: 'cannot be saved', compute: () => 1, prepare: (made) => made.break('set', { error: new Error('full') }) },
  {
    name: 'finds the folder unsafe when it saves',
    compute: () => 1,
    prepare: (made) => made.break('set', { error: unsafe }),
  },
  { name: 'finds no lease', compute: () => 1, prepare: (made) => made.break('lease', { error: new Error('none') }) },
];

describe.each(storeKinds)('Over $name, a computation that', (kind) => {
  const makeCache = useCaches(kind);

  it.each(ENDS.flatMap((end) => ways.map((way) => ({ ...end, way: way.name, ask: way.ask }))))(
    '$name leaves nothing behind, by $way',
    async ({ compute, prepare, ask }) => {
      const made = makeCache();
      const enabled = jest.spyOn(AsyncLocalStorage.prototype, 'run');
      const disabled = jest.spyOn(AsyncLocalStorage.prototype, 'disable');
      prepare?.(made);
      const { call, item } = ask(made.cache, compute);
      try {
        await call();
      } catch {
        // Only what is left behind counts.
      }
      made.mend();
      expect(await holderOf(made.store, item.id)).toBeUndefined();
      expect(inFlightCallsOf(made.store.scope).size).toBe(0);
      const lastOf = ({ mock }: typeof enabled | typeof disabled): number => mock.invocationCallOrder.at(-1) ?? 0;
      expect(lastOf(disabled)).toBeGreaterThanOrEqual(lastOf(enabled));
      enabled.mockRestore();
      disabled.mockRestore();
      if (made.store.path !== undefined)
        expect(readdirSync(made.store.path).filter((name) => name.includes('lease'))).toEqual([]);
    },
  );

  it('fails when it looks once more under its lease leaves nothing behind', async () => {
    const made = makeCache();
    const { get } = made.store;
    let looks = 0;
    const spy = jest.spyOn(made.store, 'get').mockImplementation(((id: string) => {
      if (++looks === 2) throw unsafe;
      return Reflect.apply(get, made.store, [id]);
    }) as never);
    const load = async (): Promise<number> => 1;
    expect(await made.cache.cacheResult(load)).toBe(1);
    spy.mockRestore();
    expect(await holderOf(made.store, made.cache.itemForCall(load).id)).toBeUndefined();
    expect(inFlightCallsOf(made.store.scope).size).toBe(0);
  });
});
