import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { callThrough } from './peer-calls.mjs';

const TYPES = {
  Map: { value: new Map([['a', 1]]) },
  Date: { value: new Date(0) },
  NaN: { value: Number.NaN },
  '-0': { value: -0 },
  undefined,
};

/** The types that come back as something else. */
export async function lostTypes(peer, folder) {
  const writer = await peer.open(folder);
  const save = await callThrough(writer, answer(writer.isSync));
  for (const type of Object.keys(TYPES)) await quietly(() => save(type));
  // Some write behind their caller, after a tenth of a second.
  await new Promise((resolve) => {
    setTimeout(resolve, 150);
  });
  const reader = peer.isVolatile ? writer : await reopened(peer, folder, writer);
  const load = await callThrough(reader, answer(reader.isSync));
  const lost = [];
  for (const [type, value] of Object.entries(TYPES)) {
    const loaded = await quietly(() => load(type));
    if (!isDeepStrictEqual(loaded, value)) lost.push(type);
  }
  await reader.close?.();
  return lost;
}

async function reopened(peer, folder, writer) {
  await writer.close?.();
  return peer.open(folder);
}

/** One function for both, with one name and source, for those that make the key of them. */
function answer(isSync) {
  return isSync ? (type) => TYPES[type] : async (type) => TYPES[type];
}

/** Pairs of different arguments that share an entry; undefined where the keys are made by hand. */
export async function confusedArguments(peer, folder) {
  const handle = await peer.open(folder);
  if (handle.wrap === undefined) return undefined;
  const pairs = {
    'NaN = null': [Number.NaN, null],
    'Map = {}': [new Map([[1, 2]]), {}],
    '-0 = 0': [-0, 0],
    '[undefined] = [null]': [[undefined], [null]],
  };
  const confused = [];
  for (const [name, [first, second]] of Object.entries(pairs)) {
    let runs = 0;
    const call = await handle.wrap(handle.isSync ? () => (runs += 1) : async () => (runs += 1));
    await quietly(() => call(name, first));
    await quietly(() => call(name, second));
    if (runs < 2) confused.push(name);
  }
  return confused;
}

/** Whether what a hit returns is the cache's own object. */
export async function sharesItsObjects(peer, folder) {
  const handle = await peer.open(folder);
  const make = () => ({ list: [1] });
  const call = await callThrough(handle, handle.isSync ? make : async () => make());
  await call('shared');
  const first = await call('shared');
  first.list.push(2);
  const second = await call('shared');
  await handle.close?.();
  return second.list.length > 1;
}

/** What a reader sees while another process saves one of two long values over the other, again and again. */
export async function whileOverwritten(peer, folder) {
  if (peer.hits === 'memory') return '– (memory)';
  const handle = await peer.open(folder);
  if (handle.set === undefined) return '– (cannot save over)';
  const { error } = console;
  // Some complain there about each torn file.
  console.error = () => {};
  await handle.set('torn', 'a'.repeat(400_000));
  const script = join(import.meta.dirname, '..', 'children', 'overwriter.mjs');
  const child = spawn(process.execPath, [script, peer.file, folder, '600'], { stdio: 'ignore' });
  const over = new AbortController();
  child.on('exit', () => over.abort());
  const seen = { reads: 0, torn: 0, absent: 0, failed: 0 };
  while (!over.signal.aborted) {
    seen.reads += 1;
    await lookOnce(handle, seen);
    await new Promise(setImmediate);
  }
  console.error = error;
  const bad = Object.entries(seen).filter(([what, count]) => what !== 'reads' && count > 0);
  if (bad.length === 0) return `right (${seen.reads} reads)`;
  return `${bad.map(([what, count]) => `${count} ${what}`).join(', ')} of ${seen.reads}`;
}

async function lookOnce(handle, seen) {
  try {
    const value = await handle.get('torn');
    if (value === undefined || value === null) seen.absent += 1;
    else if (value !== value[0].repeat(400_000)) seen.torn += 1;
  } catch {
    seen.failed += 1;
  }
}

/** What cannot be saved or read back at all is no value. */
async function quietly(work) {
  try {
    return await work();
  } catch {
    return Symbol('none');
  }
}
