import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compressed, devalueSerializer, jsonSerializer, TempCache, v8Serializer } from '../subject.mjs';
import { loadPeers } from '../peers/index.mjs';
import { readBare, saveBare } from '../support/bare.mjs';
import { folderIn } from '../support/folder.mjs';
import { paired } from '../support/paired.mjs';
import { callThrough } from '../support/peer-calls.mjs';
import { times, timeRows } from '../support/table.mjs';
import { SIZES } from '../support/values.mjs';

export const about =
  'A call that is answered from the cache, against the least that a cache with one file an entry does: ' +
  '`readFileSync` and `v8.deserialize` of the same value, in files of equally long names.';

export const needs = ['values'];

const HEAD = ['', 'median', 'p99', 'to bare'];
const BARE = 'bare readFileSync + v8.deserialize';
const BARE_JSON = 'bare readFileSync + JSON.parse';
const SYNC = 'hit, sync function';
const ASYNC = 'hit, async function';

/** How much of each size is enough on a busy machine. */
const EFFORT = {
  '200 B': { rounds: 20, seconds: 10 },
  '4 KB': { rounds: 12, seconds: 6 },
  '1 MB': { rounds: 8, turn: 40, seconds: 5 },
  '100 MB': { rounds: 3, warmUp: 1, settle: 0, calls: 1 },
};

export async function run({ folder, reports, options }) {
  const tables = [];
  const figures = {};
  for (const size of Object.keys(SIZES)) {
    const results = await paired(await ownSides(folder, size), EFFORT[size]);
    tables.push({ title: `Hit, ${size}`, head: HEAD, rows: timeRows(results) });
    figures[`sync ${size}`] = results.get(SYNC).ratio;
    figures[`async ${size}`] = results.get(ASYNC).ratio;
  }
  for (const size of Object.keys(SIZES)) tables.push(await bySerializer(folder, size));
  if (options['no-peers']) return { tables, figures };
  const peers = await againstPeers(folder, reports);
  return { tables: [...tables, peers.table], figures: { ...figures, ...peers.figures } };
}

/** Saves the values of a size in every way; what reads them back. */
async function ownSides(folder, size) {
  const { entries, make } = SIZES[size];
  const values = Array.from({ length: entries }, (_, id) => make(id));
  const files = saveBare(folderIn(folder, `bare ${size}`), values);
  const jsonFiles = saveBare(folderIn(folder, `json ${size}`), values, (value) => Buffer.from(JSON.stringify(value)));
  const { sync, async } = ownCalls(new TempCache(join(folder, `ours ${size}`)), values);
  for (let id = 0; id < entries; id++) {
    sync('user', id);
    await async('user', id);
  }
  return [
    { name: BARE, call: (n) => readBare(files[n % entries]) },
    { name: BARE_JSON, call: (n) => JSON.parse(readFileSync(jsonFiles[n % entries], 'utf8')) },
    { name: SYNC, call: (n) => sync('user', n % entries) },
    { name: ASYNC, isAsync: true, call: (n) => async('user', n % entries) },
  ];
}

function ownCalls(cache, values) {
  return {
    sync: cache.wrap((_kind, id) => values[id], { name: 'sync' }),
    async: cache.wrap(async (_kind, id) => values[id], { name: 'async' }),
  };
}

async function bySerializer(folder, size) {
  const { entries, make } = SIZES[size];
  const values = Array.from({ length: entries }, (_, id) => make(id));
  const files = saveBare(folderIn(folder, `serializers ${size}`), values);
  const sides = [{ name: BARE, call: (n) => readBare(files[n % entries]) }];
  for (const [name, serializer] of Object.entries(serializers())) {
    const cache = new TempCache(join(folder, `ours ${size}`), { serializer });
    const call = cache.wrap((_kind, id) => values[id], { name: `by ${name}` });
    for (let id = 0; id < entries; id++) call('user', id);
    sides.push({ name, call: (n) => call('user', n % entries) });
  }
  const results = await paired(sides, { ...EFFORT[size], rounds: Math.ceil(EFFORT[size].rounds / 2) });
  return { title: `Hit by serializer, sync function, ${size}`, head: HEAD, rows: timeRows(results) };
}

function serializers() {
  return {
    'v8Serializer()': v8Serializer(),
    'jsonSerializer()': jsonSerializer(),
    'devalueSerializer()': devalueSerializer(),
    'compressed(v8Serializer(), gzip)': compressed(v8Serializer(), { algorithm: 'gzip' }),
  };
}

/** Every peer that reads the disk on a hit, in one run with ours. */
async function againstPeers(folder, reports) {
  const { peers, missing } = await loadPeers(({ hits }) => hits === 'disk');
  const sides = (await ownSides(folder, '200 B')).filter(({ name }) => name !== BARE_JSON);
  const values = Array.from({ length: SIZES['200 B'].entries }, (_, id) => SIZES['200 B'].make(id));
  for (const peer of peers) sides.push(await peerSide(peer, folderIn(folder, peer.file), values));
  const results = await paired(sides, { rounds: 10 });
  const hit = results.get(SYNC).median;
  const head = [...HEAD, 'to our sync hit', 'values'];
  const marks = { ...reports.values.marks, [SYNC]: reports.values.ours, [ASYNC]: reports.values.ours };
  const rows = timeRows(results, ({ name, median }) => [times(median / hit), marks[name] ?? '–']);
  const notes = missing.map((name) => `Not installed here: ${name}.`);
  const rivals = sides.filter(({ name, isAsync }) => isAsync && name !== ASYNC);
  const best = Math.min(...rivals.map(({ name }) => results.get(name).median));
  return {
    table: { title: 'Hit of 200 B, packages that read the disk on each hit', head, rows, left: ['values'], notes },
    figures: { 'best async peer/async': best / results.get(ASYNC).median },
  };
}

async function peerSide(peer, folder, values) {
  const handle = await peer.open(folder);
  const find = handle.isSync ? (_kind, id) => values[id] : async (_kind, id) => values[id];
  const call = await callThrough(handle, find);
  for (let id = 0; id < values.length; id++) await call('user', id);
  return { name: peer.name, isAsync: !handle.isSync, call: (n) => call('user', n % values.length) };
}
