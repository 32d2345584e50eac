import { digits } from '../support/table.mjs';

export const about = 'What the hit path and the rest are to reach, as ratios of this run, with what was reached.';

export const needs = [
  'hit',
  'miss',
  'save-over',
  'memory',
  'key',
  'cold-start',
  'entries',
  'processes',
  'off',
  'large',
];

/** Each row: what, the report and figure that say it, and the limit, by default the most that it may be. */
const TARGETS = [
  { what: 'hit, sync function, 10 fields, to bare readFileSync + v8.deserialize', of: ['hit', 'sync 200 B'], most: 1 },
  { what: 'hit, async function, to the sync hit', of: ['hit', 'async/sync'], most: 1.3 },
  {
    what: 'hit, async function: so many times faster than the best async file peer',
    of: ['hit', 'best async peer/async'],
    least: 25,
  },
  { what: 'miss, new file, to bare create + write + close + rename beside it', of: ['miss', 'sync 200 B'], most: 2 },
  { what: 'the same on tmpfs', of: ['miss', 'sync 200 B, tmpfs'] },
  { what: 'save over an entry, to the bare rename over a file', of: ['save-over', 'over/bare over 200 B'] },
  {
    what: "save over an entry, to our save of a new one (the file system's own: see save-over)",
    of: ['save-over', 'over/new 200 B'],
  },
  {
    what: "key of ('user', 42), us, or to crypto.hash of 15 characters",
    of: ['key', 'call us'],
    most: 0.5,
    or: ['key', 'call/hash', 1.9],
  },
  {
    what: 'key of an object of 10 fields, us, or to crypto.hash',
    of: ['key', 'object us'],
    most: 1.6,
    or: ['key', 'object/hash', 7],
  },
  {
    what: 'memory hit, fresh copy, checked against other processes, to the file hit',
    of: ['memory', 'checked'],
    most: 0.5,
  },
  { what: "the same, to better-sqlite3's get", of: ['memory', 'checked/better-sqlite3'], most: 1 },
  { what: 'memory hit, fresh copy, unchecked, to the file hit', of: ['memory', 'unchecked'], most: 0.15 },
  { what: 'memory hit, shared, to the file hit', of: ['memory', 'shared'], most: 0.06 },
  { what: 'load of a 100 MB Buffer, to bare readFileSync', of: ['large', 'load Buffer'], most: 1.4 },
  { what: 'load of a 100 MB Float64Array', of: ['large', 'load Float64Array'], most: 1.4 },
  { what: 'save of a 100 MB Buffer, to bare write + rename', of: ['large', 'save Buffer'], most: 1.7 },
  { what: 'save of a 100 MB Float64Array', of: ['large', 'save Float64Array'], most: 1.7 },
  // Ten ms where a process that does nothing takes forty.
  {
    what: 'cold start with one hit, ms over bare node, or to it',
    of: ['cold-start', 'over bare ms'],
    most: 10,
    or: ['cold-start', 'over bare/bare', 0.25],
  },
  { what: 'hit among many entries, to that among 1000: the same 1000', of: ['entries', 'same'], most: 1.5 },
  { what: 'the same, scattered over all', of: ['entries', 'scattered'], most: 1.5 },
  { what: 'the same, to bare reads scattered over all', of: ['entries', 'scattered/bare'] },
  { what: '4 processes, 95 % reads: wrong, torn or absent', of: ['processes', 'bad'], most: 0 },
  { what: '4 processes, 95 % reads: reads/s, to bare files', of: ['processes', 'reads/bare'], least: 0.9 },
  { what: 'the same on tmpfs', of: ['processes', 'reads/bare, tmpfs'] },
  { what: "wrapped call, mode 'off', us over the function", of: ['off', 'over us'], most: 0.2 },
];

export function run({ reports }) {
  const { hit, entries } = reports;
  hit.figures['async/sync'] = hit.figures['async 200 B'] / hit.figures['sync 200 B'];
  const rows = TARGETS.map((target) => row(target, reports));
  const met = rows.filter(([, , , isMet]) => isMet === 'yes').length;
  const missed = rows.filter(([, , , isMet]) => isMet === 'no').length;
  const notes = [`${met} met, ${missed} missed. "Among many entries": ${entries.figures.entries} of them.`];
  return { tables: [{ head: ['', 'target', 'measured', 'met'], rows, notes }], figures: { met, missed } };
}

function row(target, reports) {
  const { what, of, or } = target;
  const value = figure(of, reports);
  if (value === undefined) return [what, limitOf(target), 'not measured', '–'];
  const other = or === undefined ? Number.NaN : figure(or, reports);
  const measured = or === undefined ? digits(value) : `${digits(value)} or ${digits(other)}x`;
  return [what, limitOf(target), measured, verdict(target, value, other)];
}

/** JSON has no NaN: what could not be computed is null there. */
function figure([name, key], reports) {
  return reports[name].figures[key] ?? undefined;
}

function limitOf({ most, least, or }) {
  if (least !== undefined) return `>= ${least}`;
  if (most === undefined) return '–';
  return or === undefined ? `<= ${most}` : `<= ${most} or ${or[2]}x`;
}

function verdict({ most, least, or }, value, other) {
  if (least !== undefined) return value >= least ? 'yes' : 'no';
  if (most === undefined) return '–';
  return value <= most || (or !== undefined && other <= or[2]) ? 'yes' : 'no';
}
