import { readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { TempCache } from '../subject.mjs';
import { bareName, writeWhole } from '../support/bare.mjs';
import { paired } from '../support/paired.mjs';
import { median } from '../support/statistics.mjs';
import { digits, timeRows } from '../support/table.mjs';

export const about =
  '100 MB as a `Buffer` and as a `Float64Array`, the checksum computed and verified; against the bare `readFileSync`, and ' +
  'against writing the bytes into a new file and renaming it. Every save makes a new file, which is removed before the next one. ' +
  'And how long a hit holds up the event loop at most.';

const READ = 'bare readFileSync';
const WRITE = 'bare write + rename';
const BYTES = 100_000_000;

export async function run({ folder }) {
  const cache = new TempCache(join(folder, 'cache'));
  const values = { Buffer: Buffer.alloc(BYTES, 'tempcache'), Float64Array: new Float64Array(BYTES / 8).fill(1.5) };
  const loads = await paired(loadSides(cache, values), { rounds: 7, settle: 0, calls: 1, warmUp: 1, seconds: 12 });
  const saves = await paired(saveSides(cache, values), { rounds: 7, settle: 0, calls: 1, warmUp: 1, seconds: 12 });
  const blocks = await blocking(cache, values.Buffer);
  const figures = Object.fromEntries(blocks.map(({ name, blocked }) => [`${name} blocks ms`, median(blocked)]));
  for (const type of Object.keys(values)) {
    figures[`load ${type}`] = loads.get(`load, ${type}`).ratio;
    figures[`save ${type}`] = saves.get(`save, ${type}`).ratio;
  }
  const head = ['', 'median', 'p99', 'to bare'];
  return {
    tables: [
      { title: 'Load of 100 MB', head, rows: timeRows(loads) },
      { title: 'Save of 100 MB', head, rows: timeRows(saves) },
      {
        title: 'A hit of 100 MB, and the event loop',
        head: ['', 'median', 'loop held up at most'],
        rows: blocks.map(({ name, times, blocked }) => [
          name,
          `${digits(median(times))} ms`,
          `${digits(median(blocked))} ms`,
        ]),
      },
    ],
    figures,
  };
}

/** The longest time between two turns of the event loop while one hit is waited for, in turns; medians over the rounds. */
async function blocking(cache, value) {
  const sides = [
    { name: 'sync function', fn: cache.wrap((_id) => value, { name: 'sync' }) },
    { name: 'async function', fn: cache.wrap(async (_id) => value, { name: 'async' }) },
  ].map((side) => ({ ...side, times: [], blocked: [] }));
  for (const { fn } of sides) await fn(1);
  for (let round = 0; round < 7; round++) {
    for (const { fn, times, blocked } of sides) {
      globalThis.gc?.();
      await setImmediate();
      const turns = watchTurns();
      const started = performance.now();
      await fn(1);
      times.push(performance.now() - started);
      await setImmediate();
      blocked.push(turns.longest());
    }
  }
  return sides;
}

function watchTurns() {
  let last = performance.now();
  let longest = 0;
  let isOver = false;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) globalThis.setImmediate(turn);
  };
  globalThis.setImmediate(turn);
  return {
    longest() {
      isOver = true;
      return Math.max(longest, performance.now() - last);
    },
  };
}

function loadSides(cache, values) {
  cache.itemForKey('makes the folder').save(0);
  writeWhole(cache.path, bareName(0), values.Buffer);
  const bare = join(cache.path, bareName(0));
  const sides = Object.entries(values).map(([type, value]) => {
    const item = cache.itemForKey(type);
    item.save(value);
    return { name: `load, ${type}`, call: () => item.load() };
  });
  return [{ name: READ, call: () => readFileSync(bare) }, ...sides];
}

function saveSides(cache, values) {
  const name = bareName(1);
  const remove = () => {
    try {
      unlinkSync(join(cache.path, name));
    } catch {
      // The first time there is none.
    }
  };
  const sides = Object.entries(values).map(([type, value]) => {
    const item = cache.itemForKey(`new ${type}`);
    return { name: `save, ${type}`, before: () => item.delete(), call: () => item.save(value) };
  });
  return [{ name: WRITE, before: remove, call: () => writeWhole(cache.path, name, values.Buffer) }, ...sides];
}
