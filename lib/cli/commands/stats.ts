import type { FunctionSummary } from '../../inspector/index.ts';
import { barOf, hitRateOf, showCount, showNumberOf, showPart, showSize, showTime } from '../terminal/units.ts';
import { Best, type Column, orderBy } from '../terminal/table.ts';
import { type Call, choiceOf, type Command, type ExitCode, limitOf } from '../command.ts';
import type { Context } from '../context.ts';
import { codeOf, rootOf, sumOf, survey } from './select.ts';

interface Row extends FunctionSummary {
  readonly cache: string;
  readonly hitRate: number | undefined;
}

const KEYS = {
  saved: (row) => row.savedMs,
  size: (row) => row.bytes,
  entries: (row) => row.entries,
  hits: (row) => row.hits,
  misses: (row) => row.misses,
  name: (row) => row.name,
} as const satisfies Record<string, (row: Row) => number | string>;

/** `tempcache stats`: what each function gains and takes. */
export const stats: Command = {
  name: 'stats',
  summary: 'show for each function what the cache saves and what it takes',
  argument: ['[name]', 'a cache; all caches without it'],
  options: [
    ['-s, --sort <key>', `${Object.keys(KEYS).join(', ')} (default: saved)`],
    ['-r, --reverse', 'the other way round'],
    ['-n, --limit <rows>', 'how many rows at most, or "all" (default: 50 rows; all with --json)'],
  ],
  details: `SAVED is what the hits would have cost, less LOADING, what they took; below zero the values load slower than they compute. HITS is the part of calls that nothing was computed for; "never stored" means
that calls were computed and none of their values is kept: events of the program tell why. The bars compare with the first of all.
UNSTORED are values that could not be stored: warnings of the program tell why.
SUPERSEDED are entries of code that was edited since, not used for a day: \`tempcache prune --superseded\` removes them.
Calls are counted by the programs that use the cache, unless they say \`stats: false\`.`,
  examples: [
    ['tempcache stats', 'all functions of all caches'],
    ['tempcache stats demo --sort size', 'what takes the room in the cache "demo"'],
  ],
  async run({ context, names, options }: Call): Promise<ExitCode> {
    const key = choiceOf(options, 'sort', Object.keys(KEYS) as (keyof typeof KEYS)[]) ?? 'saved';
    const best = new Best<Row>(
      orderBy(KEYS[key], options['reverse'] === true),
      limitOf(options) ?? (context.isJson ? Infinity : 50),
    );
    const found = survey(context, names[0], ({ name, inspector }) => {
      const functions = inspector.functions();
      for (const own of functions) best.add({ cache: name, ...own, hitRate: hitRateOf(own) });
      return { functions: functions.length };
    });
    const total = sumOf(found.caches, ({ functions }) => functions);
    await print(context, { rows: best.take(), total, problems: found.problems });
    return codeOf(found);
  },
};

interface Result {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly problems: readonly unknown[];
}

async function print(context: Context, { rows, total, problems }: Result): Promise<void> {
  if (context.isJson) {
    const functions = rows.map((row) => ({ ...row, lastUsedAt: row.lastUsedAt ?? null, hitRate: row.hitRate ?? null }));
    await context.json({ root: rootOf(context), functions, total, problems });
    return;
  }
  if (rows.length === 0) return;
  await context.table(columns(rows), rows);
  if (rows.length < total) {
    await context.below(`${showNumberOf(total - rows.length, 'more function')}: --limit all shows all`);
  }
}

/** Bars go first where there is no room, the cache last: without it two functions of one name cannot be told apart. */
function columns(rows: readonly Row[]): readonly Column<Row>[] {
  const mostSaved = Math.max(...rows.map(({ savedMs }) => savedMs));
  const mostBytes = Math.max(...rows.map(({ bytes }) => bytes));
  const isOne = new Set(rows.map(({ cache }) => cache)).size === 1;
  const cache: Column<Row> = { title: 'CACHE', text: (row) => row.cache, min: 6, drop: 1 };
  const superseded: Column<Row> = {
    title: 'SUPERSEDED',
    text: (row) => showCount(row.superseded),
    align: 'right',
    drop: 8,
  };
  const unstored: Column<Row> = { title: 'UNSTORED', text: (row) => showCount(row.unstored), align: 'right', drop: 4 };
  return [
    { title: 'FUNCTION', text: ({ name }) => name || '(items)', min: 10, colour: 'cyan' },
    ...(isOne ? [] : [cache]),
    { title: 'CALLS', text: (row) => showCount(callsOf(row)), align: 'right', drop: 5 },
    { title: 'HITS', text: hitsOf, align: 'right', drop: 2, colour: (row) => (isNeverStored(row) ? 'red' : undefined) },
    {
      title: 'SAVED',
      text: ({ savedMs }) => showTime(savedMs),
      align: 'right',
      colour: (row) => (row.savedMs < 0 ? 'red' : undefined),
    },
    { title: 'LOADING', text: ({ loadMs }) => showTime(loadMs), align: 'right', drop: 6 },
    { title: 'OF MOST SAVED', text: ({ savedMs }) => barOf(savedMs, mostSaved), colour: 'green', drop: 9 },
    { title: 'COST', text: costOf, align: 'right', drop: 7 },
    { title: 'ENTRIES', text: ({ entries }) => showCount(entries), align: 'right', drop: 3 },
    ...(rows.some((row) => row.superseded > 0) ? [superseded] : []),
    { title: 'SIZE', text: ({ bytes }) => showSize(bytes), align: 'right' },
    { title: 'OF LARGEST', text: ({ bytes }) => barOf(bytes, mostBytes), colour: 'blue', drop: 9 },
    ...(rows.some((row) => row.unstored > 0) ? [unstored] : []),
    { title: 'ERRORS', text: ({ errors }) => showCount(errors), align: 'right', drop: 8 },
  ];
}

function callsOf({ hits, misses, stale, coalesced }: Row): number {
  return hits + misses + stale + coalesced;
}

function hitsOf(row: Row): string {
  return isNeverStored(row) ? 'never stored' : showPart(row.hitRate);
}

/** Whether calls were computed again and again, and nothing of them is there: their values cannot be stored, or are not to be. */
function isNeverStored({ entries, hits, misses, stale }: Row): boolean {
  return entries === 0 && hits + stale === 0 && misses > 1;
}

/** What a computation takes on average. */
function costOf({ computeMs, misses }: Row): string {
  return misses === 0 ? '-' : showTime(computeMs / misses);
}
