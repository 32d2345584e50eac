import { describe, expect, it } from '@jest/globals';
import { defineStore } from '../../lib/stores/define-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { Store } from '../../lib/stores/store.ts';
import { testStore, type TestStoreOptions } from '../../lib/testing/index.ts';
import { makeTables, sevenMembers } from '../support/bare-store.ts';

type Tests = Map<string, () => Promise<void>>;

/** The tests that the suite makes for a store, by their titles. */
function testsOf(make: () => Store, options: TestStoreOptions = {}, dispose?: () => void): Tests {
  const tests: Tests = new Map();
  const groups: string[] = [];
  const describeHere = (title: string, body: () => void): void => {
    groups.push(title);
    body();
    groups.pop();
  };
  const itHere = (title: string, test: () => Promise<void>): unknown => tests.set([...groups, title].join(' > '), test);
  const under = dispose === undefined ? {} : { dispose };
  testStore('mine', () => ({ store: make(), ...under }), { ...options, describe: describeHere, it: itHere });
  return tests;
}

/** The titles of those that fail. */
async function failuresOf(tests: Tests): Promise<string[]> {
  const failed: string[] = [];
  for (const [title, test] of tests) await test().catch(() => failed.push(title));
  return failed;
}

const broken: Partial<Parameters<typeof defineStore<'sync'>>[0]>[] = [
  { get: () => undefined },
  { get: () => new Uint8Array(5) },
  { set: () => undefined },
  { delete: () => true },
  { entries: () => [] },
  { clear: () => undefined },
  { lease: () => ({ renew: () => true, release: () => true }) },
  { lease: () => ({ heldBy: 'another' }) },
];

describe('testStore', () => {
  it('makes tests that a good store passes, each with a store of its own that is closed and removed', async () => {
    const stores: Store[] = [];
    let disposed = 0;
    const make = (): Store => {
      stores.push(memoryStore());
      return stores.at(-1) as Store;
    };
    const tests = testsOf(make, { runsOut: false }, () => disposed++);
    expect(tests.size).toBeGreaterThan(80);
    expect([...tests.keys()]).toContain('mine > leases > are one for each id');
    expect(await failuresOf(tests)).toEqual([]);
    expect([stores.length, disposed]).toEqual([tests.size, tests.size]);
    expect(() => stores[0]?.get('0'.repeat(64))).toThrow(/closed/);
  });

  it.each(broken)('makes tests of which a store fails some that is broken: %p', async (members) => {
    const bare = { keepsUses: false, runsOut: false };
    const tests = testsOf(() => defineStore<'sync'>({ ...sevenMembers(makeTables()), ...members }), bare);
    const quick = new Map([...tests].filter(([title]) => !/ten thousand|20971520/.test(title)));
    expect((await failuresOf(quick)).length).toBeGreaterThan(0);
  });

  it('leaves out what a store cannot do', () => {
    const all = [...testsOf(memoryStore).keys()];
    const some = [...testsOf(memoryStore, { keepsUses: false, runsOut: false }).keys()];
    expect(all.filter((title) => !some.includes(title))).toEqual([
      'mine > upkeep > tells the last use of a record as its listing does',
      'mine > upkeep > keeps a last use that it is told, to the millisecond or so, and the record as it is',
      'mine > leases > are lost to others when they run out, and then neither renewed nor released',
      'mine > leases > are not taken from the next holder by one that lost them and did not know',
    ]);
  });

  it('refuses options that are wrong', () => {
    const make = (): { store: Store } => ({ store: memoryStore() });
    expect(() => testStore('mine', make, { keepsUse: false } as never)).toThrow(/has no option "keepsUse"/);
    expect(() => testStore('mine', make, { it })).toThrow(/describe and it, or neither/);
    expect(() => testStore('mine', memoryStore() as never)).toThrow(/a function that makes a store/);
  });
});
