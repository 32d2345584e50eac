import { readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { TempCache } from '../subject.mjs';
import { bareName, writeWhole } from '../support/bare.mjs';
import { paired } from '../support/paired.mjs';
import { timeRows } from '../support/table.mjs';

export const about =
  '100 MB as a `Buffer` and as a `Float64Array`, the checksum computed and verified; against the bare `readFileSync`, and ' +
  'against writing the bytes into a new file and renaming it. Every save makes a new file, which is removed before the next one.';

const READ = 'bare readFileSync';
const WRITE = 'bare write + rename';
const BYTES = 100_000_000;

export async function run({ folder }) {
  const cache = new TempCache(join(folder, 'cache'));
  const values = { Buffer: Buffer.alloc(BYTES, 'tempcache'), Float64Array: new Float64Array(BYTES / 8).fill(1.5) };
  const loads = await paired(loadSides(cache, values), { rounds: 7, settle: 0, calls: 1, warmUp: 1, seconds: 12 });
  const saves = await paired(saveSides(cache, values), { rounds: 7, settle: 0, calls: 1, warmUp: 1, seconds: 12 });
  const figures = {};
  for (const type of Object.keys(values)) {
    figures[`load ${type}`] = loads.get(`load, ${type}`).ratio;
    figures[`save ${type}`] = saves.get(`save, ${type}`).ratio;
  }
  const head = ['', 'median', 'p99', 'to bare'];
  return {
    tables: [
      { title: 'Load of 100 MB', head, rows: timeRows(loads) },
      { title: 'Save of 100 MB', head, rows: timeRows(saves) },
    ],
    figures,
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
