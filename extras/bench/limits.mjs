/**
 * What a save costs in a full cache of 100,000 entries, against one in a cache of the same limit that is empty. Every save
 * into the full one evicts an entry. All sides save in turn, in batches, in folders beside each other; the empty ones get a fresh
 * folder for each batch, as removing files would slow their side down. The mean counts: now and then a save goes over the whole folder to see what was used longest ago,
 * which the median of batches hides.
 *
 *     node extras/bench/limits.mjs [folder] [saves]
 *
 * Build before. `folder` is where the caches are put for the time being; default: the temp folder. `saves`: how many a side;
 * default: 100,000, as many as there are from one look over the full folder to the next.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { TempCache } from './subject.mjs';

const ENTRIES = 100_000;
const BATCH = 250;
const [, , parent = tmpdir(), saves = '100000'] = process.argv;
const SAVES = Number(saves);

const folder = mkdtempSync(join(parent, 'tempcache-bench-'));
let made = 0;
let opened = 0;

try {
  const full = open({ maxEntries: ENTRIES });
  save(full, ENTRIES);
  const sides = {
    'empty, no limits': () => open({}),
    empty: () => open({ maxEntries: ENTRIES }),
    full: () => full,
  };
  print(measure(sides));
} finally {
  rmSync(folder, { recursive: true });
}

function open(limits) {
  const cache = new TempCache(join(folder, `cache-${opened++}`), { ...limits, stats: false });
  cache.itemForKey('first').save('makes the folder');
  return cache;
}

function save(cache, count) {
  for (let n = 0; n < count; n++) {
    made++;
    cache.itemForKey(made).save({ id: made, name: 'Ann', email: 'ann@example.com', age: 42 });
  }
}

/** Microseconds a save, batch by batch: those that passed, and those of the processor, which other programs do not disturb. */
function measure(sides) {
  const times = Object.entries(sides).map(([name, take]) => ({ name, take, wall: [], cpu: [] }));
  for (let batch = 0; batch < SAVES / BATCH; batch++) {
    for (const { take, wall, cpu } of times) {
      const cache = take();
      const used = process.cpuUsage();
      const start = performance.now();
      save(cache, BATCH);
      wall.push(((performance.now() - start) * 1000) / BATCH);
      const { user, system } = process.cpuUsage(used);
      cpu.push((user + system) / BATCH);
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
