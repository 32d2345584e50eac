import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Stops for good in the middle of a save, with the temporary file written. */
const [path, id] = scriptArgs<[string, string]>();
fs.renameSync = () => {
  say('written');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
syncBuiltinESMExports();
fileStore({ path }).set(id, [new Uint8Array(1000)], { expiresAt: Infinity });
