// Without a function: items, found by any key. Keys are compared by content, so the order of an object's fields does not matter.
import { TempCache } from 'tempcache';

const cache = TempCache.temporary();

const item = cache.itemForKey({ report: 'sales', year: 2026 });
console.log('there before:', item.exists(), item.tryLoad('nothing yet'));

item.save(
  new Map([
    ['January', 310],
    ['February', 275],
  ]),
  { maxAge: '30m' },
);

const found = cache.itemForKey({ year: 2026, report: 'sales' });
console.log('there now:', found.exists(), found.load());
console.log('in', found.path);

const total = cache.itemForKey('total').loadOrSave(() => [...found.load().values()].reduce((sum, n) => sum + n, 0));
console.log('total:', total);

console.log('deleted:', item.delete(), '- left:', [...cache.items()].length);
