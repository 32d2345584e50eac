import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { folderIn, inMemoryFolder, MEMORY_DISK } from '../support/folder.mjs';
import { median } from '../support/statistics.mjs';
import { digits } from '../support/table.mjs';

export const about =
  'Four processes on one cache, 95 of 100 accesses are reads, every read is checked: wrong is a value of another key, one ' +
  'older than what this process has seen of that key, or not what it has saved itself; torn is one whose parts do not ' +
  'belong together. The bare floor does the same with files: `readFileSync` + `v8.deserialize`, and write + rename. Phases ' +
  'of the two in turns, by the same processes.';

const PROCESSES = 4;
const PHASES = 5;
const PHASE_MS = 1500;
/** Hundreds of accesses. */
const WARM_UP = 200;
const KINDS = { bare: 'bare files', ours: 'tempcache' };

export async function run({ folder }) {
  const disk = await onFileSystem(folder, 'on the disk');
  if (MEMORY_DISK === undefined) return { tables: [disk.table], figures: disk.figures };
  const memory = await inMemoryFolder((at) => onFileSystem(at, `on tmpfs (${MEMORY_DISK})`));
  const bad = disk.figures.bad + memory.figures.bad;
  return {
    tables: [disk.table, memory.table],
    figures: { ...disk.figures, bad, 'reads/bare, tmpfs': memory.figures['reads/bare'] },
  };
}

async function onFileSystem(folder, title) {
  const script = join(import.meta.dirname, '..', 'children', 'reader.mjs');
  const folders = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, folderIn(folder, kind)]));
  const children = Array.from({ length: PROCESSES }, (_, index) =>
    fork(script, [String(index), String(PROCESSES), JSON.stringify(folders)], { execArgv: [] }),
  );
  try {
    // All must have saved their keys before anybody reads, and on a busy machine a phase is too short to optimise the code.
    for (const blocks of [0, WARM_UP]) {
      for (const kind of Object.keys(KINDS)) await phase(children, { kind, ms: 0, blocks });
    }
    const found = { bare: [], ours: [] };
    for (let round = 0; round < PHASES; round++) {
      for (const kind of round % 2 === 0 ? ['bare', 'ours'] : ['ours', 'bare']) {
        found[kind].push(await phase(children, { kind, ms: PHASE_MS }));
      }
    }
    return report(found, title);
  } finally {
    for (const child of children) child.kill();
  }
}

/** What the processes have counted together. */
async function phase(children, task) {
  const answers = children.map(async (child) => (await once(child, 'message'))[0]);
  for (const child of children) child.send(task);
  const total = {};
  for (const counts of await Promise.all(answers)) {
    for (const [what, count] of Object.entries(counts)) total[what] = (total[what] ?? 0) + count;
  }
  return total;
}

function report(found, title) {
  const ratios = found.ours.map(({ reads }, round) => reads / found.bare[round].reads);
  const sum = (kind, what) => found[kind].reduce((total, counts) => total + counts[what], 0);
  const rows = Object.entries(KINDS).map(([kind, name]) => [
    name,
    `${digits(median(found[kind].map(({ reads }) => reads)) / (PHASE_MS / 1000) / 1000)} thousand`,
    `${digits(kind === 'bare' ? 1 : median(ratios))}x`,
    ...['reads', 'saves', 'wrong', 'torn', 'absent'].map((what) => sum(kind, what)),
  ]);
  const head = ['', 'reads/s', 'to bare', 'reads', 'saves', 'wrong', 'torn', 'absent'];
  const bad = ['wrong', 'torn', 'absent'].reduce((total, what) => total + sum('ours', what), 0);
  return { table: { title, head, rows }, figures: { 'reads/bare': median(ratios), bad } };
}
