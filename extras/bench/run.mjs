/**
 * Runs the benchmarks that are named, or all of them, each in a process of its own, and prints their tables in Markdown.
 *
 *     node extras/bench/run.mjs [name ...] [--json file] [--entries count] [--no-peers]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from './support/script.mjs';
import { machine, machineText } from './support/machine.mjs';
import { markdown } from './support/table.mjs';
import { ALL, loadBenchmark } from './benchmarks/index.mjs';
import { PACKAGES } from './peers/index.mjs';

/** `--no-flush-bytecode`: V8 forgets the code of what did not run during a few forced collections. */
const FLAGS = ['--expose-gc', '--no-flush-bytecode'];
const out = join(import.meta.dirname, 'out');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string', default: join(out, 'results.json') },
    entries: { type: 'string', default: '1e5' },
    'no-peers': { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !ALL.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${ALL.join(', ')}`);
  process.exit(2);
}

mkdirSync(out, { recursive: true });
const about = machine(PACKAGES);
console.log(`${machineText(about)}\n`);
const reports = {};
const wanted = positionals.length > 0 ? positionals : ALL;
for (const name of wanted) await report(name);
mkdirSync(dirname(options.json), { recursive: true });
writeFileSync(options.json, `${JSON.stringify({ machine: about, reports }, undefined, 2)}\n`);
console.log(`All figures: ${options.json}`);

/** Runs a benchmark, once, after those whose figures it needs. */
async function report(name) {
  if (name in reports) return;
  const { needs = [], about: what } = await loadBenchmark(name);
  for (const needed of needs) await report(needed);
  const file = join(out, 'context.json');
  writeFileSync(file, JSON.stringify({ name, options, reports, result: join(out, 'report.json') }));
  const started = performance.now();
  const { code } = await runScript('one.mjs', [file], { flags: FLAGS, show: true });
  reports[name] = code === 0 ? JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) : { tables: [], figures: {} };
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`## ${name}\n\n${what}\n`);
  if (code !== 0) console.log(`It failed with exit code ${code}.\n`);
  for (const table of reports[name].tables) console.log(`${markdown(table)}\n`);
  console.log(`(${seconds} s)\n`);
}
