import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { TempCache } from '../subject.mjs';
import { folderIn } from '../support/folder.mjs';
import { interleaved } from '../support/interleaved.mjs';
import { paired } from '../support/paired.mjs';
import { median } from '../support/statistics.mjs';
import { digits, time, timeRows } from '../support/table.mjs';

export const about =
  'What it costs to find out what a function depends on, against the same with `captures: "off"`: by functions that were just made, ' +
  'by misses of functions with helpers, by hits, and by a whole process.';

const HEAD = ['', 'median', 'p99', 'to off'];
const CHILD = join(import.meta.dirname, '..', 'children', 'three-helpers.mjs');
const ROUNDS = 15;
const MISSES = { rounds: 10, calls: 100, warmUp: 500 };

export async function run({ folder }) {
  const caches = Object.fromEntries(
    ['off', 'auto'].map((captures) => [captures, new TempCache(join(folder, captures), { captures })]),
  );
  const first = await interleaved(firstCalls(caches), MISSES);
  const misses = await interleaved(missesOf(caches), MISSES);
  const { sides, note } = hitsOf(caches);
  const hits = await paired(sides, { rounds: 12, seconds: 15 });
  const { rows, more } = coldStart(folder);
  return {
    tables: [
      { title: 'First call of a function that was just made, a hit', head: HEAD, rows: timeRows(first) },
      { title: 'Miss of a function, by the functions that it reaches', head: HEAD, rows: timeRows(misses) },
      { title: 'Hit', head: HEAD, rows: timeRows(hits), notes: [note] },
      { title: 'A process with a hit, three helpers in two files', head: ['', 'median', 'over off'], rows },
    ],
    figures: { 'hit auto': hits.get('hit, 3 captures').ratio, 'cold start ms': more },
  };
}

/** A factory of functions that capture so many numbers. */
function factoryOf(count) {
  const names = Array.from({ length: count }, (_, at) => `captured${at}`);
  const declared = names.map((name, at) => `const ${name} = ${at};`).join(' ');
  const body = `${declared} return function f${count}(n) { return ${['n', ...names].join(' + ')}; };`;
  return runInThisContext(`(function make() { ${body} })`);
}

function firstCalls({ off, auto }) {
  return [0, 3, 30].flatMap((count) => {
    const make = factoryOf(count);
    const base = `${count} captures, off`;
    return [
      // Functions of one text that may capture anything are refused where nothing shows it.
      { name: base, base, call: () => off.wrap(make(), { sameEverywhere: true })(1) },
      { name: `${count} captures`, base, call: () => auto.wrap(make())(1) },
    ];
  });
}

/** A function that calls so many, each of which calls the next. */
function chainOf(length) {
  const links = Array.from({ length: length - 1 }, (_, at) => {
    const next = at === length - 2 ? 'n' : `h${at + 1}(n)`;
    return `const h${at} = (n) => ${next} + ${at};`;
  });
  const chain = `return function chain${length}(n) { return ${length > 1 ? 'h0(n)' : 'n'}; };`;
  return runInThisContext(`(function make() { ${links.join('\n')} ${chain} })`)();
}

function missesOf({ off, auto }) {
  return [1, 4, 20].flatMap((length) => {
    const base = `${length} functions, off`;
    const [blind, seen] = [off, auto].map((cache) => cache.wrap(chainOf(length)));
    return [
      { name: base, base, call: (n) => blind(n) },
      { name: `${length} functions`, base, call: (n) => seen(n) },
    ];
  });
}

/** Hits, among them those of a function that captures some 10 MB, and what its misses take. */
function hitsOf({ off, auto }) {
  const table = Array.from({ length: 100_000 }, (_, id) => ({ id, name: `product ${id}`, tags: ['a', `b${id}`] }));
  const inlineOf = (cache) => () =>
    cache.cacheResult(function inline(n) {
      return n + 1;
    }, 1);
  const [blind, seen] = [off, auto].map((cache) => cache.wrap(factoryOf(3)()));
  const large = auto.wrap(function large(n) {
    return table[n].name;
  });
  const misses = [1, 2, 3, 4, 5].map((n) => {
    const started = performance.now();
    large(n);
    return (performance.now() - started) * 1000;
  });
  const note =
    `The table of 100,000 objects is some 10 MB: the first call, which reads it, takes ${time(misses[0])}, further misses ` +
    `${time(median(misses.slice(1)))}, for what takes long to read is not read again at once.`;
  const sides = [
    { name: 'hit, 3 captures, off', call: () => blind(1) },
    { name: 'hit, 3 captures', call: () => seen(1) },
    { name: 'hit, a captured table of 100,000 objects', call: () => large(1) },
    { name: 'hit, cacheResult() of an inline function', call: inlineOf(auto) },
  ];
  return { sides, note };
}

function coldStart(folder) {
  const times = { off: [], auto: [] };
  const start = (captures) => {
    const begun = performance.now();
    const { status } = spawnSync(process.execPath, [CHILD, folderIn(folder, `cold ${captures}`), captures]);
    if (status !== 0) throw new Error(`The process ended with ${status}`);
    return performance.now() - begun;
  };
  for (const captures of ['off', 'auto']) start(captures);
  for (let round = 0; round < ROUNDS; round++) {
    for (const captures of round % 2 === 0 ? ['off', 'auto'] : ['auto', 'off']) times[captures].push(start(captures));
  }
  const more = median(times.auto.map((one, round) => one - times.off[round]));
  const rows = [
    ['captures off', `${digits(median(times.off))} ms`, ''],
    ['captures', `${digits(median(times.auto))} ms`, `${digits(more)} ms`],
  ];
  return { rows, more };
}
