import { TempCache } from '../../../lib/index.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Calls a cached function whose helpers are run often, once and never, and says its id. */
const [captures] = scriptArgs<['auto' | 'off']>();
const cache = new TempCache('covered', { store: memoryStore(), captures });

class Client {
  readonly #rates = new WeakMap<object, number>();
  rateOf(item: object): number {
    return this.#rates.get(item) ?? 2;
  }
}
const client = new Client();

function often(n: number): number {
  return n > 50 ? n * 2 : n * client.rateOf(client);
}
function never(n: number): number {
  return n - 1;
}
const total = cache.wrap(function total(n: number): number {
  if (n < 0) return never(n);
  let sum = 0;
  for (let index = 0; index < n; index++) sum += often(index);
  return sum;
});

const values = [total(10), total(10), total(100)];
say({ values, id: total.cache.itemFor(1).id });
