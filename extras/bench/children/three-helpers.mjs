/** One hit of a function with three helpers in two files: see benchmarks/captures.mjs. */
import { TempCache } from '../subject.mjs';
import { round, scale } from './helpers.mjs';

const [folder, captures] = process.argv.slice(2);
const add = (n) => n + 1;
const cache = new TempCache(folder, { captures });
const price = cache.wrap(function price(n) {
  return round(scale(add(n)));
});
process.exit(price(10) === 22 ? 0 : 1);
