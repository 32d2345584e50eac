import type { CacheSummary } from '../../inspector/index.ts';
import { type Call, choiceOf, type Command, type ExitCode, limitOf, misused, textOf } from '../command.ts';
import { Best, type Column, orderBy } from '../terminal/table.ts';
import { hitRateOf, showAge, showCount, showNumberOf, showPart, showSize, showTime } from '../terminal/units.ts';
import { listEntriesOf } from './ls-entries.ts';
import { codeOf, type Place, rootOf, survey } from './select.ts';

/** `tempcache ls`: lists the caches, or the entries of one. */
export const ls: Command = {
  name: 'ls',
  summary: 'list the caches, or the entries of one',
  argument: ['[name]', 'a cache: its name below the root, or a path (./here, ~/there, /anywhere)'],
  options: [
    [
      '-s, --sort <key>',
      'caches: used, name, entries, size, saved, hits; entries: used, created, expires, name, size, cost',
    ],
    ['-r, --reverse', 'the other way round'],
    ['-n, --limit <rows>', 'how many rows at most, or "all" (default: 50 rows; all with --json)'],
    ['-f, --function <name>', 'only the entries of functions of this name'],
  ],
  details: `Numbers and times come biggest and latest first, names from A to Z. "cost" is the time that the computation took.

All entries without --sort are listed as the folder has them, one after the other, however many there are. Superseded
are entries of code that was edited since, not used for a day.`,
  examples: [
    ['tempcache ls', 'all caches, the last used one first'],
    ['tempcache ls demo --sort size -n 10', 'the ten biggest entries of the cache "demo"'],
    ['tempcache ls demo --json | jq -r ".entries[].id"', 'the ids of all entries'],
  ],
  async run(call: Call): Promise<ExitCode> {
    const [name] = call.names;
    return name === undefined ? listCachesOf(call) : listEntriesOf(call, name);
  },
};

interface Row extends Place, CacheSummary {
  readonly hitRate: number | undefined;
}

const KEYS = {
  used: (row) => row.lastUsedAt ?? 0,
  name: (row) => row.name,
  entries: (row) => row.entries,
  size: (row) => row.bytes,
  saved: (row) => row.savedMs,
  hits: (row) => row.hitRate ?? -1,
} as const satisfies Record<string, (row: Row) => number | string>;

/** All caches below the root. */
async function listCachesOf({ context, options }: Call): Promise<ExitCode> {
  if (textOf(options, 'function') !== undefined) throw misused('--function needs the name of a cache');
  const key = choiceOf(options, 'sort', Object.keys(KEYS) as (keyof typeof KEYS)[]) ?? 'used';
  const limit = limitOf(options) ?? (context.isJson ? Infinity : 50);
  const found = survey(context, undefined, ({ inspector }) => rowOf(inspector.summary()));
  const best = new Best<Row>(orderBy(KEYS[key], options['reverse'] === true), limit);
  for (const row of found.caches) best.add(row);
  const rows = best.take();
  if (context.isJson) {
    const caches = rows.map((row) => ({ ...row, lastUsedAt: row.lastUsedAt ?? null, hitRate: row.hitRate ?? null }));
    await context.json({ root: rootOf(context), caches, total: found.caches.length, problems: found.problems });
  } else if (rows.length > 0) {
    await context.table(columns(Date.now()), rows);
    const left = found.caches.length - rows.length;
    if (left > 0) await context.below(`${showNumberOf(left, 'more cache')}: --limit all shows all`);
  }
  return codeOf(found);
}

function rowOf(summary: CacheSummary): CacheSummary & { readonly hitRate: number | undefined } {
  return { ...summary, hitRate: hitRateOf(summary) };
}

function columns(now: number): readonly Column<Row>[] {
  return [
    { title: 'CACHE', text: (row) => row.name, min: 12, colour: 'cyan' },
    { title: 'ENTRIES', text: (row) => showCount(row.entries), align: 'right' },
    { title: 'SIZE', text: (row) => showSize(row.bytes), align: 'right' },
    { title: 'HITS', text: (row) => showPart(row.hitRate), align: 'right', drop: 2 },
    { title: 'SAVED', text: (row) => showTime(row.savedMs), align: 'right', colour: 'green', drop: 3 },
    { title: 'LOADING', text: (row) => showTime(row.loadMs), align: 'right', drop: 4 },
    { title: 'LAST USE', text: (row) => showAge(row.lastUsedAt, now), drop: 1 },
  ];
}
