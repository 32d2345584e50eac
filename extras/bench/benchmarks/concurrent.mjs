import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import v8 from 'node:v8';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { TempCache } from '../subject.mjs';
import { loadPeers } from '../peers/index.mjs';
import { saveBare } from '../support/bare.mjs';
import { folderIn } from '../support/folder.mjs';
import { callThrough } from '../support/peer-calls.mjs';
import { median } from '../support/statistics.mjs';
import { digits } from '../support/table.mjs';
import { SIZES } from '../support/values.mjs';

export const about =
  'Ten thousand asynchronous hits that are begun at once in one event loop: how long until all have their value, and for ' +
  'how long the loop was blocked at most (`monitorEventLoopDelay`, to 1 ms), the medians of the rounds.';

const CALLS = 10_000;
/** All different: some share the reads of one key that are under way. */
const ENTRIES = CALLS;
const ROUNDS = 4;
/** So many calls at a time, as a server begins them, instead of all in one turn of the loop. */
const PER_TURN = 100;

export async function run({ folder, options }) {
  const values = Array.from({ length: ENTRIES }, (_, id) => SIZES['200 B'].make(id));
  const files = saveBare(folderIn(folder, 'bare'), values);
  const cache = new TempCache(join(folder, 'ours'));
  const ours = cache.wrap(async (_kind, id) => values[id], { name: 'user' });
  const sides = [
    {
      name: 'fs.promises.readFile + v8.deserialize',
      call: async (_kind, id) => v8.deserialize(await readFile(files[id])),
    },
    { name: 'tempcache, async function', call: ours },
    { name: `tempcache, ${PER_TURN} begun in a turn of the loop`, call: ours, perTurn: PER_TURN },
  ];
  if (!options['no-peers']) sides.push(...(await peerSides(folder, values)));
  for (const { call } of sides) await saveAll(call);
  const found = new Map(sides.map(({ name }) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      globalThis.gc?.();
      const result = await allAtOnce(side);
      if (round >= 0) found.get(side.name).push(result);
    }
  }
  return report(found);
}

async function peerSides(folder, values) {
  const { peers } = await loadPeers(({ name }) => ['memoize-fs', 'cache-point, async'].includes(name));
  return Promise.all(
    peers.map(async (peer) => {
      const handle = await peer.open(folderIn(folder, peer.file));
      return { name: peer.name, call: await callThrough(handle, async (_kind, id) => values[id]) };
    }),
  );
}

/** A hundred at a time: computations that wait for their leases are not what is measured. */
async function saveAll(call) {
  for (let from = 0; from < ENTRIES; from += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, n) => call('user', from + n)));
  }
}

async function allAtOnce({ call, perTurn = CALLS }) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await pause();
  const started = performance.now();
  const pending = [];
  for (let n = 0; n < CALLS; n++) {
    if (n > 0 && n % perTurn === 0) await new Promise(setImmediate);
    pending.push(call('user', n % ENTRIES));
  }
  await Promise.all(pending);
  const ms = performance.now() - started;
  // The monitor sees a block when the loop turns again.
  await pause();
  delay.disable();
  return { ms, blocked: delay.max / 1e6 };
}

function pause() {
  return new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
}

function report(found) {
  const figures = {};
  const rows = [...found].map(([name, results]) => {
    const ms = median(results.map((result) => result.ms));
    const blocked = median(results.map((result) => result.blocked));
    figures[name] = { ms, blocked };
    return [name, `${digits(ms)} ms`, `${digits(CALLS / ms)} thousand`, `${digits(blocked)} ms`];
  });
  return { tables: [{ head: ['', 'all done after', 'hits/s', 'longest block'], rows }], figures };
}
