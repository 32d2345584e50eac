import { join } from 'node:path';
import { TempCache } from '../subject.mjs';
import { paired } from '../support/paired.mjs';
import { time, timeRows } from '../support/table.mjs';

export const about = "A cached function in mode `'off'`, against the function itself.";

const BARE = 'the function itself';
const OFF = "cached, mode 'off'";
const BARE_ASYNC = 'the async function itself';
const OFF_ASYNC = "async, cached, mode 'off'";

export async function run({ folder }) {
  const cache = new TempCache(join(folder, 'cache'), { mode: 'off' });
  const plus = (a, b) => a + b;
  const plusLater = async (a, b) => a + b;
  const off = cache.wrap(plus, { name: 'plus' });
  const offLater = cache.wrap(plusLater, { name: 'plusLater' });
  const sides = [
    { name: BARE, call: (n) => plus(n, 1) },
    { name: OFF, call: (n) => off(n, 1) },
    { name: BARE_ASYNC, base: BARE_ASYNC, isAsync: true, call: (n) => plusLater(n, 1) },
    { name: OFF_ASYNC, base: BARE_ASYNC, isAsync: true, call: (n) => offLater(n, 1) },
  ];
  const results = await paired(
    sides.map((side) => ({ ...side, batch: 1000 })),
    { rounds: 20, seconds: 15 },
  );
  const over = results.get(OFF).median - results.get(BARE).median;
  const overLater = results.get(OFF_ASYNC).median - results.get(BARE_ASYNC).median;
  const notes = [`Over the function: ${time(over)}; over the async one: ${time(overLater)}.`];
  return {
    tables: [{ head: ['', 'median', 'p99', 'to it'], rows: timeRows(results), notes }],
    figures: { 'over us': over, 'over us, async': overLater },
  };
}
