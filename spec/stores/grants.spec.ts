import { describe, expect, it } from '@jest/globals';
import { defineStore } from '../../lib/stores/define-store.ts';
import { laterMembers, makeTables, notingStore } from '../support/bare-store.ts';
import { defer } from '../support/deferred.ts';
import { takeLease } from '../support/lease.ts';
import { failureOf, idOf } from '../support/store-suite/use-store.ts';

const ID = idOf(0);

describe('A lease of a defined store', () => {
  it('is released once, and not any more when it was lost', () => {
    const calls: string[] = [];
    let isLost = false;
    const given = { renew: () => !isLost, release: () => calls.push('release') };
    const { store } = notingStore({ lease: () => given });
    const lease = takeLease(store, ID);
    lease?.release();
    lease?.release();
    expect([calls.splice(0), lease?.renew()]).toEqual([['release'], false]);
    const lost = takeLease(store, ID);
    isLost = true;
    expect(lost?.renew()).toBe(false);
    lost?.release();
    store.close();
    expect(calls).toEqual([]);
  });

  it('is asked for by a name that begins alike for all stores of a thread', () => {
    const names: string[] = [];
    const lease = (_id: string, _ttl: number, me: string): { heldBy: string } => ({ heldBy: (names.push(me), me) });
    for (let n = 0; n < 2; n++) notingStore({ lease }).store.lease(ID, 1000);
    const [one = '', other = ''] = names;
    expect(one).not.toBe(other);
    expect(one.slice(0, -8)).toBe(other.slice(0, -8));
  });

  it('that comes when the store is closed already is given back', async () => {
    const [asked, answer] = [defer<undefined>(), defer<object>()];
    let released = 0;
    const store = defineStore({
      ...laterMembers(makeTables()),
      lease: async () => {
        asked.resolve(undefined);
        return (await answer.promise) as never;
      },
    });
    const lease = store.lease(ID, 1000);
    await asked.promise;
    await store.close();
    answer.resolve({ renew: () => true, release: () => released++ });
    expect([
      await ('renew' in (await lease) ? ((await lease) as { renew(): unknown }).renew() : undefined),
      released,
    ]).toEqual([false, 1]);
  });
});

describe('Closing a defined store', () => {
  it('closes once, and tells what went wrong to all who close it', async () => {
    let closed = 0;
    const store = defineStore({
      ...laterMembers(makeTables()),
      close: async () => {
        closed++;
        throw new Error('no such luck');
      },
    });
    const failures = await Promise.all([failureOf(() => store.close()), failureOf(() => store.close())]);
    expect(failures).toEqual(Array(2).fill(expect.objectContaining({ name: 'StoreError' })));
    expect(closed).toBe(1);
  });

  it('at once throws the first time, and is done then', () => {
    const { store } = notingStore({
      close: () => {
        throw new Error('no such luck');
      },
    });
    expect(() => store.close()).toThrow(/The store failed at close\(\): no such luck/);
    store.close();
    expect(() => store.get(ID)).toThrow(/The store is closed/);
  });
});
