/**
 * Brings those parts of the guide up to date that are printed by scripts: `node extras/tasks/documents.mjs`. The specs of the
 * documents fail where one of them is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeReady } from './ready.mjs';
import { root, runTool } from './run.mjs';

await makeReady();
// Only now: what they import may just have been installed and built.
const { commandTour } = await import('./command-tour.mjs');
const { survivalTable } = await import('./survival-table.mjs');
await replace('values-and-classes.md', 'survival table', survivalTable);
await replace('benchmarks.md', 'figures', withFigures);
await replace('command-line.md', 'tour', () => `\`\`\`console\n${commandTour()}\`\`\`\n`);
await runTool('prettier', ['--write', join('extras', 'docs')], { show: true });

/** Replaces what stands between `<!-- name -->` and `<!-- end of name -->`, given to `make`, by what that returns. */
async function replace(page, name, make) {
  const path = join(root, 'extras', 'docs', page);
  const text = readFileSync(path, 'utf8');
  const start = `<!-- ${name} -->`;
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(`<!-- end of ${name} -->`);
  if (from < start.length || to < from) throw new Error(`${page} has no part "${name}"`);
  writeFileSync(path, `${text.slice(0, from)}\n\n${await make(text.slice(from, to))}\n${text.slice(to)}`);
}

/** After each `<!-- from: X -->` the table that the results of the benchmarks have under the caption or heading X. */
function withFigures(text) {
  const results = readFileSync(join(root, 'extras', 'bench', 'README.md'), 'utf8');
  return `${text.trim().replaceAll(/(<!-- from: (.*) -->)\n\n(?:\|.*\n?)*/g, (_, mark, caption) => {
    const [, below] = results.split(new RegExp(`^(?:\\*\\*${escape(caption)}\\*\\*|### \`${escape(caption)}\`)$`, 'm'));
    const table = below?.match(/^\n\n((?:\|.*\n)+)/)?.[1];
    if (table === undefined) throw new Error(`The results of the benchmarks have no table under ${caption}`);
    return `${mark}\n\n${table}\n`;
  })}\n`;
}

function escape(text) {
  return text.replaceAll(/[()/]/g, String.raw`\$&`);
}
