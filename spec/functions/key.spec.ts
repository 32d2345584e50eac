import { describe, expect, it } from '@jest/globals';
import { UnkeyableError } from '../../lib/common/errors.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { idOfFunction, blindCache, loneCache, renamed, Session } from '../support/identity.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

interface User {
  readonly id: number;
  readonly boss: number;
}

const show = (user: User): string => `${user.id} below ${user.boss}`;
const byId = (user: User): unknown => user.id;
const byBoss = (user: User): unknown => user.boss;

describe('The option key', () => {
  it('says what the key is instead of the arguments', () => {
    const cached = loneCache().wrap(show, { key: byId });
    expect([cached({ id: 1, boss: 2 }), cached({ id: 1, boss: 3 }), cached({ id: 2, boss: 3 })]).toEqual([
      '1 below 2',
      '1 below 2',
      '2 below 3',
    ]);
  });

  it('is refused where it gives undefined, before the function runs', async () => {
    let runs = 0;
    const misspelt = { key: (user: User) => (user as unknown as { readonly uid?: number }).uid };
    const cached = loneCache().wrap((user: User) => ++runs + user.id, { name: 'cached', key: misspelt.key });
    const failure = (await failureOf(() => cached({ id: 1, boss: 2 }))) as UnkeyableError;
    expect(failure).toMatchObject({ code: 'ERR_TEMPCACHE_UNKEYABLE', path: 'key' });
    expect(failure.message).toMatch(/^The option key of cached returned undefined: a `return` may be missing/);
    const later = loneCache().wrap(async (user: User) => ++runs + user.id, { name: 'later', key: () => undefined });
    await expect((async () => later({ id: 1, boss: 2 }))()).rejects.toMatchObject({ path: 'key' });
    const self = loneCache().wrap(show, { name: 'one', key: () => null });
    expect([self({ id: 1, boss: 2 }), self({ id: 2, boss: 2 }), runs]).toEqual(['1 below 2', '1 below 2', 0]);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['a promise', async () => 1, /^key is a promise, which is not plain data\. .*make the key of plain data$/],
    ['a symbol', () => Symbol('a'), /^key is the unregistered symbol/],
    ['a function', () => show, /^key is the function show/],
  ])('is refused where it gives %s', async (_name, key, message) => {
    const cached = loneCache().wrap(show, { key });
    expect(((await failureOf(() => cached({ id: 1, boss: 2 }))) as UnkeyableError).message).toMatch(message);
  });

  it('never meets a call with that argument', () => {
    const cache = loneCache();
    const twice = (x: number | string): string => `${x}${x}`;
    const [custom, plain] = [cache.wrap(twice, { key: () => [1] }), cache.wrap(twice)];
    expect([custom('a'), plain(1)]).toEqual(['aa', '11']);
  });

  it('of another source makes other entries', () => {
    const cache = loneCache();
    const [ids, bosses] = [cache.wrap(show, { key: byId }), cache.wrap(show, { key: byBoss })];
    expect([ids({ id: 1, boss: 2 }), bosses({ id: 9, boss: 1 })]).toEqual(['1 below 2', '9 below 1']);
    const idWith = (key: () => unknown): string => idOfFunction(show, { key: renamed(key, 'key'), version: '1' });
    expect(idWith(() => 1)).toBe(idWith(() => 1));
    expect(idWith(() => 1)).not.toBe(idWith(() => 2 - 1));
  });

  it('of another name makes other entries, for native functions too', () => {
    const call = (): number => 1;
    const ids = [String, encodeURIComponent, renamed(() => '1', 'a'), renamed(() => '1', 'b')].map((key) =>
      idOfFunction(call, { key }),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('is refused when it looks like another one and nothing shows what they capture', () => {
    const by = (field: keyof User) => (user: User) => user[field];
    const cache = blindCache();
    expect(cache.wrap(show, { key: by('id') })({ id: 1, boss: 2 })).toBe('1 below 2');
    expect(() => cache.wrap(show, { key: by('boss') })).toThrow(/their key functions may capture different variables/);
    expect(cache.wrap(show, { key: by('boss'), deps: ['boss'] })({ id: 9, boss: 1 })).toBe('9 below 1');
    expect(cache.wrap(show, { key: by('boss'), name: 'byBoss' })({ id: 9, boss: 1 })).toBe('9 below 1');
  });

  it('may be the same function for one function wrapped twice', () => {
    const cache = loneCache();
    cache.wrap(show, { key: byId });
    expect(cache.wrap(show, { key: byId })({ id: 1, boss: 2 })).toBe('1 below 2');
  });

  it.each([
    ['an error', new Error('no id')],
    ['what has no text', Object.create(null)],
  ])('that throws %s fails the call before the function runs, with the cause', async (_, cause) => {
    let calls = 0;
    const count = (): number => ++calls;
    const key = (): never => {
      throw cause;
    };
    const error = await failureOf(() => loneCache().wrap(count, { key })());
    expect(error).toMatchObject({ code: 'ERR_TEMPCACHE_UNKEYABLE', path: 'key' });
    expect((error as Error).cause).toBe(cause);
    expect(calls).toBe(0);
  });

  it('that gives a promise or an instance fails the call', () => {
    const later = async (): Promise<number> => 1;
    expect(() => loneCache().wrap(show, { key: later })({ id: 1, boss: 2 })).toThrow(UnkeyableError);
    const made = { db: new Session() };
    expect(() => loneCache().wrap(show, { key: () => made })({ id: 1, boss: 2 })).toThrow(
      expect.objectContaining({ path: 'key.db' }),
    );
  });

  it('that fails makes an async function reject', async () => {
    const load = loneCache().wrap(async (user: User) => user.id, { name: 'load', key: () => Symbol('new') });
    await expect(load({ id: 1, boss: 2 })).rejects.toThrow(UnkeyableError);
  });
});

describe('Arguments', () => {
  it('that cannot be keyed fail the call before the function runs, with the path', async () => {
    let calls = 0;
    const count = (_options: object): number => ++calls;
    const answer = (): number => loneCache().wrap(count)({ user: { session: new Session() } });
    expect(answer).toThrow(expect.objectContaining({ path: 'args[0].user.session' }));
    const far = new TempCache('far', { store: memoryStore({ async: true }) }).wrap(count);
    await expect(far({ db: () => 1 })).rejects.toThrow(expect.objectContaining({ path: 'args[0].db' }));
    expect(calls).toBe(0);
  });

  it('that change while the store is asked are computed as they were', async () => {
    const cache = new TempCache('far', { store: memoryStore({ async: true }) });
    const area = cache.wrap(async (size: { width: number }) => size.width ** 2, { name: 'area' });
    const size = { width: 2 };
    const answer = area(size);
    size.width = 3;
    expect([await answer, await area({ width: 2 })]).toEqual([4, 4]);
    expect(await area({ width: 3 })).toBe(9);
  });
});
