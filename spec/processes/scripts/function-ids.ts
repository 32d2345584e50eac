import { memoryStore, TempCache } from '../../../lib/index.ts';
import { say, scriptArgs } from '../../support/script-side.ts';
import { Shop } from '../../support/shop.ts';

/** Says the ids of calls of all kinds; `edited` makes one function another. */
const [edited] = scriptArgs<[boolean]>();
const cache = new TempCache('ids', { store: memoryStore(), salt: 'spec' });

function helper(x: number): number {
  return x + 1;
}
const load = edited ? { load: (id: number) => helper(id) + 1 } : { load: (id: number) => helper(id) };

cache.wrap(Shop.prototype.price).call(new Shop(2), 1);
say({
  load: cache.wrap(load.load).cache.itemFor(1).id,
  version: cache.wrap(load.load, { version: '1' }).cache.itemFor(1).id,
  deps: cache.wrap(load.load, { deps: [helper, { b: 1, a: [2n] }] }).cache.itemFor(1).id,
  key: cache.wrap(helper, { key: (x) => ({ x }) }).cache.itemFor(1).id,
  native: cache.wrap(Math.max, { name: 'max' }).cache.itemFor(1, 2).id,
  again: cache.wrap(cache.wrap(helper)).cache.itemFor(1).id,
  method: [...cache.items()].map(({ id }) => id).join(),
  item: cache.itemForKey({ b: new Map([[1, 'x']]), a: undefined }).id,
});
