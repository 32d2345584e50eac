import type { FunctionOptions } from '../../lib/functions/function-options.ts';
import type { CacheItem } from '../../lib/cache-item.ts';
import type { Store } from '../../lib/stores/store.ts';
import { storeKinds, useCaches, type CacheUnderTest, type MakeCache, type StoreKind } from './store-kinds.ts';

/** A generator of either kind: what `await` is given to wait for tells no difference. */
export interface AnyGenerator {
  next(sent?: unknown): Result | Promise<Result>;
  return(value?: unknown): Result | Promise<Result>;
  throw(error: unknown): Result | Promise<Result>;
}

type Result = IteratorResult<unknown, unknown>;

/** An item of a {@link Source}. */
export interface Item {
  readonly n: number;
}

/** A generator function that gives `{ n: 0 }`, `{ n: 1 }` and so on, and logs what it does. */
export interface Source {
  readonly items: (count: number) => AnyGenerator;
  /** What it did, in order, since the last look: `begin`, the number of each item, `end`, `close`. */
  readonly takeLog: () => string[];
  /** The item in the place of which it throws, from now on. */
  failAt: number | undefined;
}

/** Both kinds of generator functions. */
export interface SourceKind {
  readonly kind: 'sync' | 'async';
  readonly name: string;
  readonly make: () => Source;
}

const sourceKinds: readonly SourceKind[] = [
  { kind: 'sync', name: 'a generator', make: makeSync },
  { kind: 'async', name: 'an asynchronous generator', make: makeAsync },
];

/** A kind of generator function over a kind of store. */
export interface GeneratorCase {
  readonly name: string;
  readonly store: StoreKind;
  readonly source: SourceKind;
}

/** Each kind of generator function over each kind of store. */
export const generatorCases: readonly GeneratorCase[] = storeKinds.flatMap((store) =>
  sourceKinds.map((source) => ({ name: `${source.name} over ${store.name}`, store, source })),
);

/** The cached form of a {@link Source}. */
export type CachedItems = ((count: number) => AnyGenerator) & {
  readonly cache: { itemFor(count: number): CacheItem<Store> };
};

/** A cached source, its cache, and what both did. */
export interface ItemsUnderTest extends CacheUnderTest {
  readonly source: Source;
  readonly items: CachedItems;
}

/** The cached form of a generator function, which is a generator whichever store it is over. */
export function wrapItems(
  { cache }: Pick<CacheUnderTest, 'cache'>,
  fn: (count: number) => AnyGenerator,
  options: FunctionOptions<(count: number) => AnyGenerator> = {},
): CachedItems {
  const items: unknown = cache.wrap(fn, { name: 'items', ...options });
  return items as CachedItems;
}

/** Makes cached sources, each in a cache of its own. */
export function useItems({
  store,
  source: { make },
}: GeneratorCase): (
  options?: Parameters<MakeCache>[0],
  functionOptions?: FunctionOptions<(count: number) => AnyGenerator>,
) => ItemsUnderTest {
  const makeCache = useCaches(store);
  return (options, functionOptions) => {
    const underTest = makeCache(options);
    const source = make();
    return { ...underTest, source, items: wrapItems(underTest, source.items, functionOptions) };
  };
}

/** More items than fit into one chunk, or into two. */
export const MANY = 2500;

function makeSync(): Source {
  const source = logged();
  const { step } = source;
  function* items(count: number): Generator<Item, string> {
    step('begin');
    try {
      for (let n = 0; n < count; n++) yield step(n);
      step('end');
      return `${count} items`;
    } finally {
      step('close');
    }
  }
  return Object.assign(source, { items });
}

function makeAsync(): Source {
  const source = logged();
  const { step } = source;
  async function* items(count: number): AsyncGenerator<Item, string> {
    step('begin');
    try {
      for (let n = 0; n < count; n++) yield step(n);
      step('end');
      return `${count} items`;
    } finally {
      step('close');
    }
  }
  return Object.assign(source, { items });
}

interface Logged extends Source {
  readonly step: (what: number | string) => Item;
}

function logged(): Omit<Logged, 'items'> {
  const log: string[] = [];
  const source: Omit<Logged, 'items'> = {
    failAt: undefined,
    takeLog: () => log.splice(0),
    step(what) {
      log.push(String(what));
      if (what === source.failAt) throw new Error(`no item ${what}`);
      return { n: Number(what) };
    },
  };
  return source;
}

/** The next items, at most so many. */
export async function take(generator: AnyGenerator, count: number): Promise<unknown[]> {
  const items: unknown[] = [];
  while (items.length < count) {
    const { done, value } = await generator.next();
    if (done === true) break;
    items.push(value);
  }
  return items;
}

/** All that is left of a generator: the items and, last, what it returned. */
export async function drain(generator: AnyGenerator): Promise<unknown[]> {
  const items: unknown[] = [];
  for (;;) {
    const { done, value } = await generator.next();
    items.push(value);
    if (done === true) return items;
  }
}

/** What `drain` gives of a {@link Source}. */
export function allOf(count: number): unknown[] {
  return [...Array.from({ length: count }, (_, n) => ({ n })), `${count} items`];
}
