import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PEERS } from '../peers/index.mjs';
import { folderIn } from '../support/folder.mjs';
import { median, quantile } from '../support/statistics.mjs';
import { digits } from '../support/table.mjs';

export const about =
  'A whole process that imports the package and has one hit, against a process that does nothing. One of each in every ' +
  'round, the order changing; what is more is the median over the rounds.';

export const needs = ['values'];

const CHILDREN = join(import.meta.dirname, '..', 'children');
const BARE = 'bare node';
const OURS = 'tempcache';
const ROUNDS = 11;

export function run({ folder, reports, options }) {
  const peers = options['no-peers'] ? [] : PEERS.filter(({ isVolatile }) => !isVolatile);
  const sides = [
    { name: BARE, args: [join(CHILDREN, 'nothing.mjs')] },
    ...[{ name: OURS, file: 'tempcache.mjs' }, ...peers].map(({ name, file }) => ({
      name,
      args: [join(CHILDREN, 'one-hit.mjs'), file, folderIn(folder, file)],
    })),
  ];
  // The first run of each saves; one whose second run has no hit, or which does not load, is left out.
  const missing = sides.filter((side) => start(side, 'save') !== 0 || start(side, 'hit') !== 0).map(({ name }) => name);
  const measured = sides.filter(({ name }) => !missing.includes(name));
  const found = measure(measured);
  const { more } = found.find(({ name }) => name === OURS);
  const rows = found.map(({ name, times, more: over }) => [
    name,
    `${digits(median(times))} ms`,
    `${digits(quantile(times, 0.99))} ms`,
    `${digits(over)} ms`,
    reports.values.marks[name] ?? '–',
  ]);
  const notes = missing.map((name) => `Left out, no hit in a second process: ${name}.`);
  const head = ['', 'median', 'slowest', 'over bare', 'values'];
  return {
    tables: [{ head, rows, left: ['values'], notes }],
    figures: { 'over bare ms': more, 'over bare/bare': more / median(found[0].times) },
  };
}

function measure(sides) {
  const times = new Map(sides.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    const shift = round % sides.length;
    for (const side of [...sides.slice(shift), ...sides.slice(0, shift)]) {
      const started = performance.now();
      start(side, 'hit');
      times.get(side.name).push(performance.now() - started);
    }
  }
  const bare = times.get(BARE);
  return sides.map(({ name }) => {
    const own = times.get(name);
    return { name, times: own, more: median(own.map((time, round) => time - bare[round])) };
  });
}

/** The exit code of one process. */
function start({ args }, what) {
  return spawnSync(process.execPath, [...args, what], { stdio: 'ignore' }).status;
}
