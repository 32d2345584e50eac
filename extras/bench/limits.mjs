/**
 * What a save costs in a full cache of 100,000 entries, against one in a cache of the same limit that is empty. Every save
 * into the full one evicts an entry. All sides save in turn, in batches, in folders beside each other, and the empty ones are
 * cleared after each batch. The mean counts: now and then a save goes over the whole folder to see what was used longest ago,
 * which the median of batches hides.
 *
 *     node extras/bench/limits.mjs [folder] [saves]
 *
 * Build before. `folder` is where the caches are put for the time being; default: the temp folder. `saves`: how many a side;
 * default: 80,000, enough for two looks over the full folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { TempCache } from 'tempcache';

const ENTRIES = 100_000;
const BATCH = 250;
const [, , parent = tmpdir(), saves = '80000'] = process.argv;
const SAVES = Number(saves);

const folder = mkdtempSync(join(parent, 'tempcache-bench-'));
let made = 0;

try {
  const sides = {
    'empty, no limits': open('free', {}),
    empty: open('empty', { maxEntries: ENTRIES }),
    full: open('full', { maxEntries: ENTRIES }),
  };
  save(sides.full, ENTRIES);
  print(measure(sides));
} finally {
  rmSync(folder, { recursive: true });
}

function open(name, limits) {
  return new TempCache(join(folder, name), { ...limits, stats: false });
}

function save(cache, count) {
  for (let n = 0; n < count; n++) {
    made++;
    cache.itemForKey(made).save({ id: made, name: 'Ann', email: 'ann@example.com', age: 42 });
  }
}

/** Microseconds a save, batch by batch: those that passed, and those of the processor, which other programs do not disturb. */
function measure(sides) {
  const times = Object.entries(sides).map(([name, cache]) => ({ name, cache, wall: [], cpu: [] }));
  for (let batch = 0; batch < SAVES / BATCH; batch++) {
    for (const { name, cache, wall, cpu } of times) {
      const used = process.cpuUsage();
      const start = performance.now();
      save(cache, BATCH);
      wall.push(((performance.now() - start) * 1000) / BATCH);
      const { user, system } = process.cpuUsage(used);
      cpu.push((user + system) / BATCH);
      if (name !== 'full') cache.clear();
    }
  }
  return times;
}

function mean(list) {
  return list.reduce((sum, time) => sum + time, 0) / list.length;
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
}

function print(times) {
  const base = times.find(({ name }) => name === 'empty');
  console.log(`Node ${process.version}, ${process.platform}, ${SAVES} saves a side in batches of ${BATCH}, in turn\n`);
  console.log('| us a save | mean | x empty | median of batches | x empty | mean of processor time | x empty |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const { name, wall, cpu } of times) {
    const figures = [
      [mean(wall), mean(base.wall)],
      [median(wall), median(base.wall)],
      [mean(cpu), mean(base.cpu)],
    ];
    const cells = figures.map(([time, reference]) => `${time.toFixed(1)} | ${(time / reference).toFixed(2)}`);
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
}
