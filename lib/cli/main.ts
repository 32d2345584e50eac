#!/usr/bin/env node
import process from 'node:process';

import { run } from './program.ts';

// The exit code is set and the process left to end by itself, so that all of the output is written.
async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), process);
}

// oxlint-disable-next-line unicorn/prefer-top-level-await -- It is built as CommonJS, which has none.
void main();
