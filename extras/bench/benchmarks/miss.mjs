import { join } from 'node:path';
import v8 from 'node:v8';
import { devalueSerializer, jsonSerializer, TempCache } from '../subject.mjs';
import { loadPeers } from '../peers/index.mjs';
import { bareName, writeWhole } from '../support/bare.mjs';
import { folderIn, inMemoryFolder, MEMORY_DISK, removeFolder } from '../support/folder.mjs';
import { interleaved } from '../support/interleaved.mjs';
import { callThrough } from '../support/peer-calls.mjs';
import { timeRows } from '../support/table.mjs';
import { SIZES } from '../support/values.mjs';

export const about =
  'A call that is not in the cache, of a function that costs nothing: look, take the lease, look once more, serialize, ' +
  'save, release. Against the least that puts the same bytes under a new name, create + write + close + rename, call ' +
  'by call in turn **in the same directory**: what creating a file costs on ext4 varies tenfold with the history of the directory.';

export const needs = ['values'];

const HEAD = ['', 'median', 'p99', 'to bare'];
const BARE = 'bare create + write + close + rename';
const SYNC = 'miss, sync function';
const ASYNC = 'miss, async function';

const EFFORT = {
  '200 B': { rounds: 10, calls: 60, warmUp: 600 },
  '4 KB': { rounds: 8, calls: 30, warmUp: 100 },
  '1 MB': { rounds: 4, calls: 4, warmUp: 8 },
  '100 MB': { rounds: 3, calls: 1, warmUp: 1 },
};
/** There a file costs the same at any time, and what remains is the work of the processor. */
const EFFORT_IN_MEMORY = { rounds: 20, calls: 100, warmUp: 3000 };

export async function run({ folder, reports, options }) {
  const tables = [];
  const figures = {};
  const add = (title, size, results) => {
    tables.push({ title, head: HEAD, rows: timeRows(results) });
    figures[`sync ${size}`] = results.get(SYNC).ratio;
    figures[`async ${size}`] = results.get(ASYNC).ratio;
  };
  // First, so that the code is optimised before there is a disk to wait for.
  const measureInMemory = (at) => interleaved(ownSides(join(at, 'ours'), '200 B'), EFFORT_IN_MEMORY);
  const inMemory = MEMORY_DISK === undefined ? undefined : await inMemoryFolder(measureInMemory);
  for (const size of Object.keys(SIZES)) {
    add(`Miss, ${size}`, size, await interleaved(ownSides(join(folder, 'ours'), size), EFFORT[size]));
    removeFolder(join(folder, 'ours'));
  }
  if (inMemory !== undefined) add(`Miss, 200 B, on tmpfs (${MEMORY_DISK})`, '200 B, tmpfs', inMemory);
  if (!options['no-peers']) tables.push(await againstPeers(folder, reports));
  return { tables, figures };
}

/** All of them save in one folder. */
function ownSides(folder, size) {
  const value = SIZES[size].make(1);
  const bytes = v8.serialize(value);
  const cache = new TempCache(folder);
  cache.itemForKey('makes the folder').save(0);
  const find = () => value;
  const wrapped = (name, options) => cache.wrap(find, { name, ...options });
  const sync = wrapped('sync');
  const json = wrapped('json', { serializer: jsonSerializer() });
  const devalue = wrapped('devalue', { serializer: devalueSerializer() });
  const later = cache.wrap(async () => value, { name: 'async' });
  return [
    { name: BARE, call: (n) => writeWhole(folder, bareName(n), bytes) },
    { name: 'the same, after v8.serialize', call: (n) => writeWhole(folder, `v8-${bareName(n)}`, v8.serialize(value)) },
    { name: SYNC, call: (n) => sync('user', n) },
    { name: ASYNC, isAsync: true, call: (n) => later('user', n) },
    { name: 'miss, jsonSerializer()', call: (n) => json('user', n) },
    { name: 'miss, devalueSerializer()', call: (n) => devalue('user', n) },
    { name: 'item.save() of a new key, no lease', call: (n) => cache.itemForKey(['user', n]).save(value) },
  ];
}

/** Each one against the bare side in its own folder. */
async function againstPeers(folder, reports) {
  const { peers, missing } = await loadPeers(({ hits }) => hits === 'disk');
  const value = SIZES['200 B'].make(1);
  const sides = ownSides(folderIn(folder, 'ours again'), '200 B').filter(({ name }) =>
    [BARE, SYNC, ASYNC].includes(name),
  );
  for (const peer of peers) sides.push(...(await peerSides(peer, folderIn(folder, peer.file), value)));
  const results = await interleaved(sides, { rounds: 6, calls: 30, warmUp: 60 });
  const marks = { ...reports.values.marks, [SYNC]: reports.values.ours, [ASYNC]: reports.values.ours };
  for (const peer of peers) results.delete(controlOf(peer));
  const rows = timeRows(results, ({ name }) => [marks[name] ?? '–']);
  const notes = ['"To bare" is to the bare side in the folder of that package.'];
  for (const name of missing) notes.push(`Not installed here: ${name}.`);
  const title = 'Miss of 200 B, look-up and save, packages that save to the disk at once';
  return { title, head: [...HEAD, 'values'], rows, left: ['values'], notes };
}

function controlOf({ name }) {
  return `bare beside ${name}`;
}

async function peerSides(peer, folder, value) {
  const handle = await peer.open(folder);
  const call = await callThrough(handle, handle.isSync ? () => value : async () => value);
  const bytes = v8.serialize(value);
  const control = controlOf(peer);
  return [
    { name: control, call: (n) => writeWhole(folder, bareName(n), bytes) },
    { name: peer.name, base: control, isAsync: !handle.isSync, call: (n) => call('user', n) },
  ];
}
