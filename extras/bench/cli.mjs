/**
 * What the commands cost on a big cache: the time of the whole process and its peak memory, over those on a small cache.
 * Beside it a process that does nothing but look at and read every file, which is what a command has to do at least.
 *
 * Run it with `node extras/bench/cli.mjs [entries]`, 100,000 by default. Prints a Markdown table. The folder lies below
 * `$TMPDIR`: what takes entries away waits for the file system alone, as the last row shows, and is told apart on a tmpfs.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { TempCache } from './subject.mjs';

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');
const MANY = Number(process.argv[2] ?? 100_000);
const FEW = 1000;
const FUNCTIONS = 10;

/** Tells what the process has used when it ends, on a descriptor of its own. */
const TELL = `data:text/javascript,${encodeURIComponent(`import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));`)}`;

const BARE = `import { lstatSync, readdirSync, readFileSync } from 'node:fs';
for (const entry of readdirSync(process.argv[1], { recursive: true, withFileTypes: true })) {
  const path = entry.parentPath + '/' + entry.name;
  if (lstatSync(path).isFile()) readFileSync(path);
}`;
/** What taking away costs at least. */
const BARE_UNLINK = BARE.replace('readFileSync }', 'unlinkSync }').replace('readFileSync(path)', 'unlinkSync(path)');

const folder = mkdtempSync(join(tmpdir(), 'tempcache-bench-'));
try {
  const roots = { few: fill(join(folder, 'few'), FEW), many: fill(join(folder, 'many'), MANY) };
  const ofBoth = (work) => ({ few: work(roots.few), many: work(roots.many) });
  printTitles();
  const floor = print(
    'bare `lstat` + `read`',
    ofBoth((root) => measureBare(root, BARE)),
  );
  for (const args of commands()) {
    const line = ['tempcache', ...args('<id>')].join(' ');
    print(
      `\`${line}\``,
      ofBoth((root) => measure(root, args)),
      floor,
    );
  }
  ofBoth(refill);
  print(
    'bare `lstat` + `unlink`',
    ofBoth((root) => measureBare(root, BARE_UNLINK)),
    floor,
  );
} finally {
  rmSync(folder, { recursive: true });
}

/** A root with a cache `demo` of so many small entries, by functions that share them. */
function fill(root, entries) {
  const cache = new TempCache(join(root, 'demo'));
  const functions = Array.from({ length: FUNCTIONS }, (_, at) =>
    cache.wrap((id) => ({ id, name: `user ${id}`, tags: ['a', 'b'] }), {
      name: `load${at}`,
      version: '1',
      label: (id) => `user ${id}`,
    }),
  );
  for (let id = 0; id < entries; id++) functions[id % FUNCTIONS](id);
  const id = functions[0].cache.itemFor(0).id;
  cache.close();
  return { root, id };
}

/** Those that take away come last. */
function commands() {
  return [
    ['ls'],
    ['ls', 'demo'],
    ['ls', 'demo', '--sort', 'bytes', '-n', '1000'],
    ['ls', 'demo', '--limit', 'all'],
    ['ls', 'demo', '--json'],
    ['stats'],
    (id) => ['show', id],
    ['path', 'demo'],
    ['doctor'],
    ['verify'],
    ['prune', '--dry-run', '--max-size', '1MB'],
    ['prune'],
    (id) => ['rm', id],
    ['prune', '--max-entries', String(Math.round(FEW * 0.9))],
    ['clear', '--yes'],
  ].map((args) => (typeof args === 'function' ? args : () => args));
}

function measure({ root, id }, args) {
  const given = args(id);
  if (given[0] === 'clear') refill({ root });
  return timed(['--import', TELL, MAIN, '--dir', root, ...given]);
}

/** After what has taken away. */
function refill({ root }) {
  fill(root, root.endsWith('many') ? MANY : FEW);
}

function measureBare({ root }, script) {
  return timed(['--import', TELL, '--input-type=module', '--eval', script, root]);
}

function timed(argv) {
  const nowhere = openSync('/dev/null', 'w');
  try {
    const start = performance.now();
    const child = spawnSync(process.execPath, argv, { stdio: ['ignore', nowhere, 'pipe', 'pipe'], encoding: 'utf8' });
    const ms = performance.now() - start;
    if (child.status !== 0) throw new Error(`${argv.at(-1)} ended with ${child.status}: ${child.stderr}`);
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(child.output[3]);
    return { ms, processor: (userCPUTime + systemCPUTime) / 1000, megabytes: maxRSS / 1024 };
  } finally {
    closeSync(nowhere);
  }
}

function printTitles() {
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}; whole processes, each once.\n`);
  console.log(`| | ${FEW} entries: ms | MB | ${MANY} entries: ms | of the processor | MB | over bare |`);
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
}

/** A row as soon as it is known; gives what was measured of many. */
function print(name, { few, many }, floor = many) {
  const cells = [few.ms, few.megabytes, many.ms, many.processor, many.megabytes].map((number) => number.toFixed(0));
  console.log(`| ${name} | ${cells.join(' | ')} | ${(many.ms / floor.ms).toFixed(1)}x |`);
  return many;
}
