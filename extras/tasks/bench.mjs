// Measures what a hit costs. Makes a fresh checkout ready first.
import { join } from 'node:path';
import { makeReady } from './ready.mjs';
import { root, run } from './run.mjs';

await makeReady();
const { code } = await run(process.execPath, [join(root, 'extras', 'bench', 'hit.mjs')], { show: true });
process.exitCode = code;
