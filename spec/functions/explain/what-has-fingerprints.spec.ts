import { describe, expect, it } from '@jest/globals';
import type { AnyFunctionOptions, FunctionOptions } from '../../../lib/functions/function-options.ts';
import type { AnyFunction } from '../../../lib/functions/source.ts';
import { tryHead } from '../../../lib/records/frame.ts';
import { decodeFingerprints } from '../../../lib/records/fingerprints.ts';
import type { Store } from '../../../lib/stores/store.ts';
import { defer } from '../../support/deferred.ts';
import { loneCache } from '../../support/identity.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../../support/store-kinds.ts';

interface Cached {
  (...args: readonly unknown[]): unknown;
  readonly cache: {
    readonly itemFor: (...args: readonly unknown[]) => Item;
    readonly refresh: (...args: readonly unknown[]) => unknown;
    readonly explain: (...args: readonly unknown[]) => unknown;
  };
}
interface Item {
  readonly id: string;
  save(value: unknown): unknown;
  loadOrSave(compute: () => unknown): unknown;
}

/** Changes an argument, and makes another key than that of the call the last one. */
function change(list: number[]): string {
  list.push(0);
  return elsewhere.itemForKey('other').id;
}
const elsewhere = loneCache();

const plain = (fn: AnyFunction, options: AnyFunctionOptions = {}) => ({ fn, options });
const functions: Readonly<Record<string, { readonly fn: AnyFunction; readonly options: AnyFunctionOptions }>> = {
  'a function': plain(function load(list: number[]) {
    return change(list);
  }),
  'an async function': plain(async function load(list: number[]) {
    return change(list);
  }),
  'a function that gives a promise': plain(function load(list: number[]) {
    return Promise.resolve(change(list));
  }),
};

function* items(list: number[]): Generator<number> {
  change(list);
  yield 1;
}
async function* itemsLater(list: number[]): AsyncGenerator<number> {
  change(list);
  yield 1;
}

describe.each(storeKinds)('Over $name, the fingerprints of a call', (kind) => {
  const make = useCaches(kind);
  const wrap = ({ cache }: CacheUnderTest, fn: AnyFunction, options: AnyFunctionOptions = {}): Cached =>
    cache.wrap(fn, options as FunctionOptions) as unknown as Cached;

  /** What the entry of the list `[1]` says of its argument; it was saved for that list, whatever became of it. */
  async function argsOf({ store }: { readonly store: Store }, id: string): Promise<readonly number[] | undefined> {
    const peeked = await store.peek(id);
    const head = peeked && tryHead(peeked);
    return head && decodeFingerprints(head.fingerprints).args;
  }

  it.each(Object.entries(functions))('of %s are made before it changes its arguments', async (_name, { fn }) => {
    const current = make();
    const cached = wrap(current, fn);
    const saved = cached.cache.itemFor([1]);
    await saved.save('by hand');
    const expected = await argsOf(current, saved.id);
    expect(expected).toHaveLength(1);
    for (const way of [cached, cached.cache.refresh]) {
      await current.store.clear();
      await way([1]);
      expect(await argsOf(current, saved.id)).toEqual(expected);
    }
  });

  it.each([
    ['a function', (list: number[]) => list.length],
    ['an async function', async (list: number[]) => list.length],
    ['a generator', (list: number[]) => list.values()],
  ])('of %s are stored with what its calls and refreshes give', async (name, body) => {
    const current = make();
    const generator = function* load(list: number[]): Generator<number> {
      yield* list;
    };
    const cached = wrap(current, name === 'a generator' ? generator : body, { name: 'load' });
    const { id } = cached.cache.itemFor([1]);
    const lists: unknown[] = [];
    for (const way of [cached, cached.cache.refresh]) {
      await current.store.clear();
      await drained(await way([1]));
      lists.push(await argsOf(current, id));
    }
    await drained(await cached([2]));
    const other = await argsOf(current, cached.cache.itemFor([2]).id);
    expect(lists[0]).toHaveLength(1);
    expect(lists[1]).toEqual(lists[0]);
    expect(other).not.toEqual(lists[0]);
    expect(await cached.cache.explain([3])).toMatchObject({ differs: ['args[0]'] });
  });

  it('are stored by save() and loadOrSave() of its item, also by that of itemForCall', async () => {
    const current = make();
    const load = (list: number[]): number => list.length;
    const cached = wrap(current, load);
    const expected: unknown[] = [];
    for (const item of [cached.cache.itemFor([1]), current.cache.itemForCall(load, [1])]) {
      await current.store.clear();
      await item.save(1);
      expected.push(await argsOf(current, item.id));
      await current.store.clear();
      await item.loadOrSave(() => 1);
      expected.push(await argsOf(current, item.id));
    }
    expect(expected[0]).toHaveLength(1);
    expect(expected).toEqual(expected.map(() => expected[0]));
  });

  it('leave the arguments out where these were changed before their fingerprints could be made', async () => {
    const current = make();
    const cached = wrap(current, (list: number[]) => list.length, { name: 'load' });
    const list = [1];
    const item = cached.cache.itemFor(list);
    list.push(2);
    // Up to the next key they need not be looked at.
    await item.save(1);
    expect(await argsOf(current, item.id)).toHaveLength(1);
    expect(cached.cache.itemFor([4]).id).not.toBe(item.id);
    await item.save(1);
    expect(await argsOf(current, item.id)).toEqual([]);
    expect(await cached.cache.explain([3])).toMatchObject({ differs: ['args'] });
  });

  it('of generators that change their arguments are those of the key', async () => {
    for (const fn of [items, itemsLater]) {
      const current = make();
      const cached = wrap(current, fn, { name: 'items', key: (list: never) => [list[0]] });
      await drained(await cached([1]));
      expect(await cached.cache.explain([1])).toMatchObject({ status: 'hit' });
      expect(await cached.cache.explain([2])).toMatchObject({ differs: ['keyResult'] });
    }
  });

  it('are right for many calls at once, of which each has made the key of another the last one', async () => {
    const current = make();
    const gate = defer<number>();
    const cached = wrap(current, async (id: number) => id + (await gate.promise), { name: 'load' });
    const calls = [1, 2, 3].map((id) => cached(id));
    gate.resolve(0);
    await Promise.all(calls);
    const fingerprints = await Promise.all([1, 2, 3].map((id) => argsOf(current, cached.cache.itemFor(id).id)));
    await current.store.clear();
    for (const id of [1, 2, 3]) await cached(id);
    expect(await Promise.all([1, 2, 3].map((id) => argsOf(current, cached.cache.itemFor(id).id)))).toEqual(
      fingerprints,
    );
    expect(new Set(fingerprints.flat()).size).toBe(3);
  });
});

async function drained(run: unknown): Promise<void> {
  const iterable = run as AsyncIterable<unknown> | Iterable<unknown> | number | undefined;
  if (typeof iterable !== 'object') return;
  for await (const item of iterable) expect(item).toBeDefined();
}
