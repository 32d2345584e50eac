import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Imported before a program: halts it for good before it removes its 501st file, and says so on the standard error. */
const REMOVED = 500;
const { unlinkSync } = fs;
let removed = 0;
fs.unlinkSync = (path) => {
  if (removed === REMOVED) {
    fs.writeSync(2, 'halted');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
  unlinkSync(path);
  removed++;
};
syncBuiltinESMExports();
