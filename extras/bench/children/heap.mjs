/** Makes many entries, reads them, and prints by how much the process has grown: see benchmarks/heap.mjs. */
import { callThrough } from '../support/peer-calls.mjs';
import { makeUser } from '../support/values.mjs';

const [file, folder, count] = process.argv.slice(2);
const { open } = await import(`../peers/${file}`);
const handle = await open(folder);
const call = await callThrough(handle, handle.isSync ? makeUser : async (id) => makeUser(id));
// What is made once, and what is optimised, is no entry.
for (let id = 0; id < 2000; id++) await call(-1 - (id % 200));

const before = await usage();
for (let round = 0; round < 2; round++) for (let id = 0; id < Number(count); id++) await call(id);
const after = await usage();
// What nobody will call again is garbage, and its entries with it.
await call(0);
const grown = Object.fromEntries(Object.entries(after).map(([what, bytes]) => [what, bytes - before[what]]));
process.stdout.write(JSON.stringify(grown), () => process.exit());

async function usage() {
  for (let times = 0; times < 3; times++) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapUsed, external, rss };
}
