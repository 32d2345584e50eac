/** Imports one package and makes one call: see benchmarks/cold-start.mjs. Exit code 1: it should have been a hit and was none. */
import { callThrough } from '../support/peer-calls.mjs';

const [file, folder, what] = process.argv.slice(2);
const { open } = await import(`../peers/${file}`);
const handle = await open(folder);
let runs = 0;
const find = handle.isSync
  ? (kind, id) => {
      runs += 1;
      return { kind, id };
    }
  : async (kind, id) => {
      runs += 1;
      return { kind, id };
    };
const call = await callThrough(handle, find);
const { id } = await call('user', 42);
await (what === 'save' ? handle.close?.() : undefined);
process.exit(id === 42 && (what === 'save' || runs === 0) ? 0 : 1);
