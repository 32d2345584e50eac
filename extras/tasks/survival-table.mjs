/**
 * What survives which serializer, as the Markdown table of the guide. It is made by storing and reading every value of
 * spec/support/values.ts, so it says what happens and not what somebody believes.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withStripped } from './strip.mjs';

/** The table as text. */
export function survivalTable() {
  return withStripped(['lib', 'spec/support'], async (compiled) => {
    const survival = await import(pathToFileURL(join(compiled, 'spec', 'support', 'survival.js')).href);
    return survival.survivalTable();
  });
}
