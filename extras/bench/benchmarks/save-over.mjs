import { join } from 'node:path';
import v8 from 'node:v8';
import { TempCache } from '../subject.mjs';
import { loadPeers } from '../peers/index.mjs';
import { bareName, writeWhole } from '../support/bare.mjs';
import { folderIn, removeFolder } from '../support/folder.mjs';
import { interleaved } from '../support/interleaved.mjs';
import { timeRows } from '../support/table.mjs';
import { SIZES } from '../support/values.mjs';

export const about =
  'Saving a value over another one, which no reader may find absent or torn meanwhile; against the bare rename over an ' +
  'existing file, and against saving under a new name, all call by call in turn in one directory.';

export const needs = ['values'];

const HEAD = ['', 'median', 'p99', 'to bare'];
const BARE_OVER = 'bare, over an existing file';
const BARE_NEW = 'bare, a new file';
const OVER = 'item.save() over an entry';
const NEW = 'item.save() of a new key';
const ENTRIES = 50;

const EFFORT = {
  '200 B': { rounds: 10, calls: 50, warmUp: 600 },
  '4 KB': { rounds: 8, calls: 30, warmUp: 100 },
  '1 MB': { rounds: 4, calls: 4, warmUp: 8 },
  '100 MB': { rounds: 3, calls: 1, warmUp: 1 },
};

export async function run({ folder, reports, options }) {
  const tables = [];
  const figures = {};
  for (const size of Object.keys(SIZES)) {
    const results = await interleaved(await ownSides(join(folder, 'ours'), size), EFFORT[size]);
    removeFolder(join(folder, 'ours'));
    tables.push({ title: `Save over an entry, ${size}`, head: HEAD, rows: timeRows(results) });
    figures[`over/new ${size}`] = results.get(OVER).median / results.get(NEW).median;
    figures[`over/bare over ${size}`] = results.get(OVER).ratio;
    figures[`bare over/bare new ${size}`] = results.get(BARE_OVER).median / results.get(BARE_NEW).median;
  }
  if (!options['no-peers']) tables.push(await againstPeers(folder, reports));
  return { tables, figures };
}

async function ownSides(folder, size) {
  const { make, entries } = SIZES[size];
  const value = make(1);
  const count = Math.min(ENTRIES, entries);
  const bytes = v8.serialize(value);
  const cache = new TempCache(folder);
  const over = (n) => cache.itemForKey(['over', n % count]).save(value);
  const find = async () => value;
  const later = cache.wrap(find, { name: 'async' });
  const sides = [
    { name: BARE_OVER, call: (n) => writeWhole(folder, bareName(n % count), bytes) },
    { name: BARE_NEW, call: (n) => writeWhole(folder, `new-${bareName(n)}`, bytes) },
    { name: OVER, call: over },
    { name: NEW, base: BARE_NEW, call: (n) => cache.itemForKey(['new', n]).save(value) },
    { name: 'async refresh() over an entry', isAsync: true, call: (n) => later.cache.refresh(n % count) },
  ];
  over(0);
  const savedOver = sides.filter(({ name }) => name !== BARE_NEW && name !== NEW);
  for (const { call } of savedOver) for (let n = 0; n < count; n++) await call(n);
  return sides;
}

async function againstPeers(folder, reports) {
  const { peers, missing } = await loadPeers(({ hits }) => hits === 'disk');
  const value = SIZES['200 B'].make(1);
  const own = await ownSides(folderIn(folder, 'ours again'), '200 B');
  const sides = own.filter(({ name }) => [BARE_OVER, OVER].includes(name));
  for (const peer of peers) {
    const { set, isSync } = await peer.open(folderIn(folder, peer.file));
    if (set === undefined) continue;
    for (let n = 0; n < ENTRIES; n++) await set(`key-${n}`, value);
    sides.push({ name: peer.name, isAsync: !isSync, call: (n) => set(`key-${n % ENTRIES}`, value) });
  }
  const results = await interleaved(sides, { rounds: 6, calls: 30, warmUp: 60 });
  const marks = { ...reports.values.marks, [OVER]: reports.values.ours };
  const rows = timeRows(results, ({ name }) => [marks[name] ?? '–']);
  const notes = missing.map((name) => `Not installed here: ${name}.`);
  return { title: 'Save over an entry, 200 B', head: [...HEAD, 'values'], rows, left: ['values'], notes };
}
