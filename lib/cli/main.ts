#!/usr/bin/env node
import process from 'node:process';

import { run } from './run.ts';

// The exit code is set and the process left to end by itself, so that all of the output is written.
void run(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
});
