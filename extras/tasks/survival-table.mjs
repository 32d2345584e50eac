/**
 * Prints what survives which serializer, as the Markdown table of the README. It is made by storing and reading every
 * value of spec/support/values.ts, so it says what happens and not what somebody believes.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withStripped } from './strip.mjs';

await withStripped(['lib', 'spec/support'], async (compiled) => {
  const { survivalTable } = await import(pathToFileURL(join(compiled, 'spec', 'support', 'survival.js')).href);
  process.stdout.write(survivalTable());
});
