import type { FunctionSummary } from '../../inspector/index.ts';
import { barOf } from '../terminal/bar.ts';
import { Best, orderBy } from '../terminal/best.ts';
import type { Call, Command } from '../command.ts';
import type { ExitCode } from '../complaint.ts';
import type { Context } from '../context.ts';
import { hitRateOf } from '../terminal/counts.ts';
import { choiceOf, limitOf } from '../given.ts';
import { rootOf } from './select.ts';
import { codeOf, survey, sumOf } from './survey.ts';
import type { Column } from '../terminal/table.ts';
import { showCount, showNumberOf, showPart, showSize, showTime } from '../terminal/units.ts';

interface Row extends FunctionSummary {
  readonly cache: string;
  readonly hitRate: number | undefined;
}

const KEYS = {
  saved: (row) => row.savedMs,
  bytes: (row) => row.bytes,
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
  details: `SAVED is what the hits would have cost. HITS is the part of calls that nothing was computed for.
Calls are counted by the programs that use the cache, unless they say \`stats: false\`.`,
  examples: [
    ['tempcache stats', 'all functions of all caches'],
    ['tempcache stats demo --sort bytes', 'what takes the room in the cache "demo"'],
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
  if (rows.length < total)
    context.remark(`${showNumberOf(total - rows.length, 'more function')}: --limit all shows all`);
}

function columns(rows: readonly Row[]): readonly Column<Row>[] {
  const mostSaved = Math.max(...rows.map(({ savedMs }) => savedMs));
  const mostBytes = Math.max(...rows.map(({ bytes }) => bytes));
  const isOne = new Set(rows.map(({ cache }) => cache)).size === 1;
  const cache: Column<Row> = { title: 'CACHE', text: (row) => row.cache, min: 6, drop: 6 };
  return [
    { title: 'FUNCTION', text: ({ name }) => name || '(items)', min: 10, colour: 'cyan' },
    ...(isOne ? [] : [cache]),
    {
      title: 'CALLS',
      text: (row) => showCount(row.hits + row.misses + row.stale + row.coalesced),
      align: 'right',
      drop: 5,
    },
    { title: 'HITS', text: ({ hitRate }) => showPart(hitRate), align: 'right', drop: 1 },
    { title: 'SAVED', text: ({ savedMs }) => showTime(savedMs), align: 'right' },
    { title: '', text: ({ savedMs }) => barOf(savedMs, mostSaved), colour: 'green', drop: 4 },
    { title: 'ENTRIES', text: ({ entries }) => showCount(entries), align: 'right', drop: 2 },
    { title: 'SIZE', text: ({ bytes }) => showSize(bytes), align: 'right' },
    { title: '', text: ({ bytes }) => barOf(bytes, mostBytes), colour: 'blue', drop: 4 },
  ];
}
