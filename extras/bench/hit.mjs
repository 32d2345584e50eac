/**
 * What a hit costs, against the least that any cache with one file an entry does: `readFileSync` and `v8.deserialize` of
 * the same value. Both sides read files of equally long names in folders beside each other, in turn, in one process.
 *
 * Run it with `npm run bench`. Read the ratio: the times depend on the machine.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import v8 from 'node:v8';

import { TempCache } from 'tempcache';

const ENTRIES = 200;
const ROUNDS = 600;
const WARM_UP = 100;

const folder = mkdtempSync(join(tmpdir(), 'tempcache-bench-'));
const cache = new TempCache(join(folder, 'cache'));
const user = cache.wrap(function user(_kind, id) {
  return makeUser(id);
});
const userLater = cache.wrap(async function userLater(_kind, id) {
  return makeUser(id);
});

try {
  const files = await prepare();
  const sides = {
    'readFileSync + v8.deserialize': () => each((id) => v8.deserialize(readFileSync(files[id]))),
    'hit, sync function': () => each((id) => user('user', id)),
    'hit, async function': async () => {
      for (let id = 0; id < ENTRIES; id++) await userLater('user', id);
    },
    'key alone': () => each((id) => user.cache.itemFor('user', id)),
  };
  print(await measure(sides));
} finally {
  rmSync(folder, { recursive: true });
}

function makeUser(id) {
  const about = { name: 'Ann', email: 'ann@example.com', age: 42, active: true, score: 1.5 };
  return { id, ...about, team: 'blue', city: 'Rome', zip: '00100', country: 'IT' };
}

/** Saves all entries; the files of the bare side. */
async function prepare() {
  mkdirSync(join(folder, 'bare'));
  const files = [];
  for (let id = 0; id < ENTRIES; id++) {
    user('user', id);
    await userLater('user', id);
    files.push(join(folder, 'bare', user.cache.itemFor('user', id).id));
    writeFileSync(files[id], v8.serialize(makeUser(id)));
  }
  return files;
}

function each(work) {
  for (let id = 0; id < ENTRIES; id++) work(id);
}

/** The median of each side's microseconds an entry, the sides taking turns. */
async function measure(sides) {
  const times = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, work] of Object.entries(sides)) {
      const start = process.hrtime.bigint();
      await work();
      if (round >= WARM_UP) times[name].push(Number(process.hrtime.bigint() - start) / ENTRIES / 1000);
    }
  }
  return Object.entries(times).map(([name, list]) => ({ name, median: median(list) }));
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
}

function print(rows) {
  const bare = rows[0].median;
  console.log(`Node ${process.version}, ${process.platform}, medians of ${ROUNDS - WARM_UP} rounds in turn`);
  for (const { name, median: us } of rows) {
    console.log(`${name.padEnd(32)} ${us.toFixed(2).padStart(7)} us ${(us / bare).toFixed(2).padStart(6)}x`);
  }
}
