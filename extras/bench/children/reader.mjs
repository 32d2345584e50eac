/**
 * One of the processes that read and save under each other's eyes: see benchmarks/processes.mjs. Each key is saved by one
 * process alone, with a number that only grows, so that every reader can tell an old value from a new one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import v8 from 'node:v8';
import { TempCache } from '../subject.mjs';
import { bareName, writeWhole } from '../support/bare.mjs';

const KEYS = 400;
const SAVES_OF_100 = 5;
const [own, processes] = process.argv.slice(2, 4).map(Number);
const folders = JSON.parse(process.argv[4]);

const cache = new TempCache(folders.ours);
const SIDES = {
  ours: {
    read: (key) => cache.itemForKey(['key', key]).tryLoad(),
    save: (key, value) => cache.itemForKey(['key', key]).save(value),
  },
  bare: {
    read(key) {
      try {
        return v8.deserialize(readFileSync(join(folders.bare, bareName(key))));
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
    },
    // No two processes save one key, so they need no names of their own for what is being written.
    save: (key, value) => writeWhole(folders.bare, bareName(key), v8.serialize(value)),
  },
};

for (const side of Object.values(SIDES)) {
  side.newest = Array.from({ length: KEYS }, () => 0);
  for (let key = own; key < KEYS; key += processes) save(side, key);
}

process.on('message', ({ kind, ms, blocks }) => process.send(work(SIDES[kind], ms, blocks)));

/** Reads and saves for a while, and for so many blocks of a hundred accesses at least; counts. */
function work(side, ms, blocks = 0) {
  const counts = { reads: 0, saves: 0, wrong: 0, torn: 0, absent: 0 };
  const end = Date.now() + ms;
  for (let block = 0; block < blocks || Date.now() < end; block++) {
    for (let n = 0; n < 100; n++) {
      const key = Math.floor(Math.random() * KEYS);
      if (n % 100 < SAVES_OF_100) {
        save(side, key - (key % processes) + own);
        counts.saves += 1;
      } else {
        counts.reads += 1;
        check(side, key, counts);
      }
    }
  }
  return counts;
}

function save(side, key) {
  side.newest[key] += 1;
  const number = side.newest[key];
  side.save(key, { key, number, name: `${key}-${number}`, list: [key, number, key + number], active: true });
}

function check(side, key, counts) {
  let value;
  try {
    value = side.read(key);
  } catch {
    counts.torn += 1;
    return;
  }
  if (value === undefined) counts.absent += 1;
  else if (value.name !== `${value.key}-${value.number}` || value.list[2] !== value.key + value.number)
    counts.torn += 1;
  else if (value.key !== key || isOld(side, key, value.number)) counts.wrong += 1;
  else side.newest[key] = value.number;
}

/** What this process has saved itself must be what it finds. */
function isOld(side, key, number) {
  return key % processes === own ? number !== side.newest[key] : number < side.newest[key];
}
