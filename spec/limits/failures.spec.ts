import { describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import type { Store, SyncCounters } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import type { Operation } from '../support/faulty-store.ts';
import { useLimitedCaches, type LimitedCache } from '../support/limited-cache.ts';
import { storeKinds } from '../support/store-kinds.ts';

const FAULT = { error: new Error('The disk is on fire') };
const OPERATIONS: readonly Operation[] = [
  'stat',
  'delete',
  'entries',
  'counters.add',
  'counters.read',
  'lease',
  'touch',
  'peek',
];

describe.each(storeKinds)('a failing eviction over $name', (kind) => {
  const open = useLimitedCaches(kind);
  const full = async (): Promise<LimitedCache> => {
    const current = open({ maxEntries: 3 });
    for (const key of 'abcd') await current.save(key);
    await current.load('b');
    current.trace.take();
    return current;
  };

  it.each(OPERATIONS)('fails no save, call or generator when the store cannot %s', async (operation) => {
    const current = await full();
    current.break(operation, FAULT);
    for (const key of 'efgh') await current.save(key);
    const double = current.cache.wrap(function double(n: number) {
      return 2 * n;
    });
    expect(await double(2)).toBe(4);
    expect(await double(2)).toBe(4);
    const count = current.cache.wrap(function* count() {
      yield 1;
    });
    for await (const item of count()) expect(item).toBe(1);
    const told = current.trace.take();
    expect(told.filter((event) => event === 'save')).toHaveLength(6);
    expect(told.filter((event) => event === 'hit')).toHaveLength(1);
    current.mend();
    await current.cache.prune();
    await current.save('i');
    await current.save('j');
    await current.save('k');
    expect(await current.keys()).toBe('ijk');
  });

  it('fails no delete() when the store cannot count', async () => {
    const current = await full();
    current.break('counters.add', FAULT);
    expect(await current.cache.itemForKey('c').delete()).toBe(true);
    expect(await current.keys()).toBe('bd');
  });

  it('is told once a save, after the save', async () => {
    const current = await full();
    current.break('delete', FAULT);
    await current.save('e');
    expect(current.trace.take()).toEqual(['save', 'writeFailed Error: The disk is on fire']);
    expect(current.trace.events.at(-1)).toMatchObject({ id: current.cache.itemForKey('e').id });
  });

  it('fails prune() where the store cannot list, and not where it cannot count', async () => {
    const current = await full();
    const other = new TempCache<Store>('other', { store: current.inner });
    await other.itemForKey('more').save(1);
    current.break('counters.add', FAULT);
    expect(await current.cache.prune()).toMatchObject({ evicted: 1 });
    current.break('entries', FAULT);
    await expect((async () => current.cache.prune())()).rejects.toThrow('fire');
  });

  it('goes on where a store has lost its counters', async () => {
    const current = open({ maxEntries: 3 });
    current.break('counters.read', { answer: {} });
    for (const key of 'abcdefghijklmnopqrstuvwxyz') await current.save(key);
    expect(await current.keys()).toBe('xyz');
  });

  it('looks again at all that is there where the count says nonsense', async () => {
    const current = await full();
    await current.inner.counters.add('usage', { entries: 1e6, bytes: 1e9 });
    await current.save('e');
    expect(await current.keys()).toBe('bde');
    await current.inner.counters.reset('usage');
    await current.save('f');
    expect(await current.keys()).toBe('bef');
    await current.inner.counters.add('usage', { entries: -1e6 });
    await current.save('g');
    expect(await current.keys()).toBe('efg');
  });

  it('takes no notice of entries that others have removed meanwhile', async () => {
    const current = await full();
    await current.inner.delete(current.cache.itemForKey('c').id);
    for (const key of 'efg') await current.save(key);
    expect(await current.keys()).toBe('efg');
  });

  it('leaves alone what another cache without limits has saved, until it looks again', async () => {
    const current = await full();
    const free = open({}, current);
    for (const key of 'wxyz') await free.save(key);
    await current.cache.prune();
    expect(await current.keys()).toBe('xyz');
  });

  it('asks nothing more of the store where there are no limits', async () => {
    const current = open({});
    await current.save('a');
    const free = current.cache.wrap(function free() {
      return 1;
    });
    await free();
    const asked = current.asked.filter(
      (operation) => operation === 'stat' || operation === 'entries' || operation.startsWith('counters'),
    );
    expect(asked).toEqual([]);
  });

  it('lets two caches keep their own limits over the same records', async () => {
    const large = open({ maxEntries: 5 });
    const small = open({ maxEntries: 2 }, large);
    for (const key of 'abcdefg') await large.save(key);
    expect(await large.keys()).toBe('cdefg');
    await small.save('h');
    expect(await large.keys()).toBe('gh');
    for (const key of 'ijkl') await large.save(key);
    expect(await large.keys()).toBe('hijkl');
  });
});

describe('a cache whose folder vanishes', () => {
  const open = useLimitedCaches(storeKinds[2]!);

  it('begins anew, with its limits', async () => {
    const current = open({ maxEntries: 3 });
    for (const key of 'abcd') await current.save(key);
    rmSync(current.cache.path ?? '', { recursive: true });
    for (const key of 'efgh') await current.save(key);
    expect(await current.keys()).toBe('fgh');
  });

  it('fails no save when that happens between the record and the count', async () => {
    const current = open({ maxEntries: 3 });
    for (const key of 'abcd') await current.save(key);
    const { counters } = current.store;
    const { add } = counters as SyncCounters;
    Object.assign(counters, {
      add: (...args: Parameters<typeof add>): void => {
        rmSync(current.cache.path ?? '', { recursive: true, force: true });
        add(...args);
      },
    });
    await current.save('e');
    Object.assign(counters, { add });
    for (const key of 'fghi') await current.save(key);
    expect(await current.keys()).toBe('ghi');
  });
});
