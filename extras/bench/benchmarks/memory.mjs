import { join } from 'node:path';
import { TempCache } from '../subject.mjs';
import { loadPeers } from '../peers/index.mjs';
import { folderIn } from '../support/folder.mjs';
import { paired } from '../support/paired.mjs';
import { callThrough } from '../support/peer-calls.mjs';
import { timeRows, times } from '../support/table.mjs';
import { makeUser } from '../support/values.mjs';

export const about =
  'A call that is answered from the memory of the process, key included, of a 10-field object; against our hit from the ' +
  'file. Rows without a package are the floor: what any program pays that keeps values in a `Map`.';

export const needs = ['values'];

const ENTRIES = 200;
const FILE = 'hit from the file, sync function';
const SQLITE = 'better-sqlite3';

/** The ways to ask for the tier, by the names that the targets know. */
const TIERS = {
  'memory: true, checked against other processes': true,
  "memory: { maxAge: '1h' }, unchecked for that time": { maxAge: '1h' },
  "memory: { share: true, maxAge: '1h' }": { share: true, maxAge: '1h' },
};

export async function run({ folder, reports, options }) {
  const values = Array.from({ length: ENTRIES }, (_, id) => makeUser(id));
  const tiers = tierSides(folder, values);
  const notes = tiers.length > 0 ? [] : ['This build does not know the option `memory`: our rows are missing.'];
  const sides = [fileSide(folder, values), ...tiers, ...floor(values)];
  if (!options['no-peers']) {
    const { peers, missing } = await loadPeers(({ hits, isEngine }) => hits === 'memory' || isEngine);
    for (const peer of peers) sides.push(await peerSide(peer, folderIn(folder, peer.file), values));
    notes.push(...missing.map((name) => `Not installed here: ${name}.`));
  }
  const results = await paired(sides, { rounds: 16, seconds: 40 });
  const marks = { ...reports.values.marks, [FILE]: reports.values.ours };
  const sqlite = results.get(SQLITE)?.median ?? Number.NaN;
  const rows = timeRows(results, ({ name, median }) => [times(median / sqlite), marks[name] ?? '–']);
  const head = ['', 'median', 'p99', 'to the file hit', `to ${SQLITE}`, 'values'];
  return { tables: [{ head, rows, left: ['values'], notes }], figures: figuresOf(results, sqlite) };
}

function fileSide(folder, values) {
  return { name: FILE, call: savedCall(new TempCache(join(folder, 'file')), values) };
}

/** None in a build that does not have the option. */
function tierSides(folder, values) {
  try {
    return Object.entries(TIERS).map(([name, memory], at) => {
      const cache = new TempCache(join(folder, `memory ${at}`), { memory });
      return { name, batch: 10, call: savedCall(cache, values) };
    });
  } catch (error) {
    if (error.code !== 'ERR_INVALID_ARG_VALUE') throw error;
    return [];
  }
}

function savedCall(cache, values) {
  const call = cache.wrap((_kind, id) => values[id], { name: 'user' });
  // The first call saves, and the second one may be what puts the value into memory.
  for (let n = 0; n < 2 * ENTRIES; n++) call('user', n % ENTRIES);
  return (n) => call('user', n % ENTRIES);
}

function floor(values) {
  const kept = new Map(values.map((value, id) => [`user-${id}`, value]));
  const texts = new Map(values.map((value, id) => [`user-${id}`, JSON.stringify(value)]));
  return [
    { name: 'Map of live objects', batch: 10, call: (n) => kept.get(`user-${n % ENTRIES}`) },
    { name: 'Map of texts, JSON.parse', batch: 10, call: (n) => JSON.parse(texts.get(`user-${n % ENTRIES}`)) },
    {
      name: 'Map of objects, structuredClone',
      batch: 10,
      call: (n) => structuredClone(kept.get(`user-${n % ENTRIES}`)),
    },
  ];
}

async function peerSide(peer, folder, values) {
  const handle = await peer.open(folder);
  const call = await callThrough(handle, handle.isSync ? (_kind, id) => values[id] : async (_kind, id) => values[id]);
  // Some wait for their file after each save: not one after another.
  await Promise.all(values.map((_, id) => call('user', id)));
  return { name: peer.name, isAsync: !handle.isSync, batch: 10, call: (n) => call('user', n % ENTRIES) };
}

function figuresOf(results, sqlite) {
  const [checked, unchecked, shared] = Object.keys(TIERS).map((name) => results.get(name));
  if (checked === undefined) return {};
  return {
    checked: checked.ratio,
    unchecked: unchecked.ratio,
    shared: shared.ratio,
    'checked/better-sqlite3': checked.median / sqlite,
  };
}
