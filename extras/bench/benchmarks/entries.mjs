import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TempCache } from '../subject.mjs';
import { paired } from '../support/paired.mjs';
import { timeRows } from '../support/table.mjs';
import { makeUser } from '../support/values.mjs';

export const about =
  'A hit among few entries and among many, each of which was hit once before. `--entries 1e6` measures the million of the ' +
  'target; the default, a hundred thousand, spares minutes and inodes.';

const FEW = 1000;

export async function run({ folder, options }) {
  const many = Number(options.entries);
  const started = performance.now();
  const few = filled(new TempCache(join(folder, 'few')), FEW);
  const cache = new TempCache(join(folder, 'many'));
  const full = filled(cache, many);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const firstHit = timeOfFirstHits(full, many);
  const sides = [
    { name: `${FEW} entries, all in turn`, call: (n) => few(n % FEW) },
    { name: `${many} entries, the same ${FEW} in turn`, call: (n) => full(n % FEW) },
    { name: `${many} entries, scattered over all`, call: (n) => full(scattered(n, many)) },
  ];
  const results = await paired(sides, { rounds: 16, seconds: 15 });
  const paths = Array.from(cache.items(), ({ path }) => path);
  const beside = await paired(
    [
      { name: 'bare readFileSync + JSON.parse, scattered', call: (n) => bareRead(paths[scattered(n, many)]) },
      { name: `${many} entries, scattered over all`, call: (n) => full(scattered(n + 1, many)) },
    ],
    { rounds: 16, seconds: 15 },
  );
  const [, besideBare] = [...beside.values()].map(({ ratio }) => ratio);
  const ratios = [...results.values()].map(({ ratio }) => ratio);
  const notes = [`Filled in ${seconds} s. The first hit of each took ${firstHit.toFixed(1)} us in the mean.`];
  return {
    tables: [
      { head: ['', 'median', 'p99', `to ${FEW}`], rows: timeRows(results), notes },
      { head: ['', 'median', 'p99', 'to bare'], rows: timeRows(beside) },
    ],
    figures: { entries: many, same: ratios[1], scattered: ratios[2], 'scattered/bare': besideBare },
  };
}

// A stride that shares no divisor with the count visits all of them in a scattered order.
const scattered = (n, many) => (n * 7919) % many;

/** Us in the mean. Those that are more than a minute's last uses have room for are looked at once in half an hour. */
function timeOfFirstHits(call, many) {
  const start = performance.now();
  for (let n = 0; n < many; n++) call(scattered(n, many));
  return ((performance.now() - start) * 1000) / many;
}

/** The whole file, parsed from where the value begins, as whoever knows it would. */
function bareRead(path) {
  const text = readFileSync(path, 'latin1');
  return JSON.parse(text.slice(text.indexOf('{"id":')));
}

/** Fills a cache with so many entries; a call that hits them. */
function filled(cache, count) {
  const call = cache.wrap(makeUser, { name: 'user' });
  for (let id = 0; id < count; id++) call.cache.itemFor(id).save(makeUser(id));
  return call;
}
