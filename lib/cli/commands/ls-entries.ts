import type { EntryInfo } from '../../inspector/index.ts';
import { Best, type Column, orderBy, Table } from '../terminal/table.ts';
import { type Call, choiceOf, type ExitCode, limitOf, textOf } from '../command.ts';
import type { Context } from '../context.ts';
import { chooseOne, type Chosen } from './select.ts';
import { visibleJson, withoutId } from '../terminal/text.ts';
import { showAge, showEnd, showNumberOf, showSize, showTime } from '../terminal/units.ts';

const KEYS = {
  used: (entry) => entry.lastUsedAt,
  created: (entry) => entry.createdAt,
  expires: (entry) => entry.expiresAt,
  name: (entry) => entry.name,
  size: (entry) => entry.bytes,
  cost: (entry) => entry.computeMs,
} as const satisfies Record<string, (entry: EntryInfo) => number | string>;

/** Rows that are laid out at a time. */
const PAGE = 500;

/** Entries as they are to be shown, and how many there were. */
interface Selection {
  readonly entries: Iterable<EntryInfo>;
  total(): number;
  /** How many of them are of code that was edited since. */
  superseded(): number;
}

/** The entries of one cache. */
export async function listEntriesOf(call: Call, name: string): Promise<ExitCode> {
  const { context } = call;
  const chosen = chooseOne(context, name);
  try {
    const selection = select(call, chosen);
    await (context.isJson ? printJson(context, chosen, selection) : printTable(context, chosen, selection));
    return 0;
  } finally {
    chosen.inspector.close();
  }
}

/** Holds no more entries than are shown; all of them without an order pass by one at a time. */
function select({ context, options }: Call, { inspector }: Chosen): Selection {
  const key = choiceOf(options, 'sort', Object.keys(KEYS) as (keyof typeof KEYS)[]);
  const limit = limitOf(options) ?? (context.isJson ? Infinity : 50);
  const name = textOf(options, 'function');
  let total = 0;
  const superseded = (): number =>
    inspector.functions().reduce((sum, fn) => sum + (name === undefined || fn.name === name ? fn.superseded : 0), 0);
  const counted = function* (): Generator<EntryInfo, void> {
    for (const entry of inspector.entries(name === undefined ? {} : { name })) {
      total++;
      yield entry;
    }
  };
  if (limit === Infinity && key === undefined) return { entries: counted(), total: () => total, superseded };
  const best = new Best<EntryInfo>(orderBy(KEYS[key ?? 'used'], options['reverse'] === true), limit);
  for (const entry of counted()) best.add(entry);
  return { entries: best.take(), total: () => total, superseded };
}

async function printJson(
  { out }: Context,
  { name, path }: Chosen,
  { entries, total, superseded }: Selection,
): Promise<void> {
  await out.line(visibleJson(`{ "cache": ${JSON.stringify(name)}, "path": ${JSON.stringify(path)}, "entries": [`));
  let before: string | undefined;
  for (const entry of entries) {
    if (before !== undefined) await out.line(`${before},`);
    before = `  ${visibleJson(JSON.stringify(entry))}`;
  }
  if (before !== undefined) await out.line(before);
  await out.line(`], "total": ${total()}, "superseded": ${superseded()} }`);
}

async function printTable(
  context: Context,
  { name }: Chosen,
  { entries, total, superseded }: Selection,
): Promise<void> {
  const table = new Table(columns(Date.now()), context);
  let shown = 0;
  for (const page of pages(entries)) {
    shown += page.length;
    for (const line of table.page(page)) await context.out.line(line);
  }
  await context.out.flush();
  if (total() === 0) context.remark(`There are no such entries in the cache "${name}".`);
  else if (shown < total())
    context.remark(`${showNumberOf(total() - shown, 'more entry', 'more entries')}: --limit all shows all`);
  const old = superseded();
  if (old > 0)
    context.remark(
      `${showNumberOf(old, 'entry is', 'entries are')} superseded: \`tempcache prune --superseded\` removes ${old === 1 ? 'it' : 'them'}`,
    );
}

function* pages(entries: Iterable<EntryInfo>): Generator<readonly EntryInfo[], void> {
  let page: EntryInfo[] = [];
  for (const entry of entries) {
    page.push(entry);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function columns(now: number): readonly Column<EntryInfo>[] {
  return [
    { title: 'ID', text: ({ id }) => id.slice(0, 12), colour: 'yellow' },
    { title: 'FUNCTION', text: (entry) => nameOf(entry), min: 12, colour: 'cyan' },
    { title: 'LABEL', text: (entry) => labelOf(entry), min: 20, drop: 1, cut: 'middle' },
    { title: 'AGE', text: ({ createdAt }) => showAge(createdAt, now).replace(/ ago$/, ''), align: 'right', drop: 2 },
    { title: 'EXPIRES', text: (entry) => endOf(entry, now), drop: 3, colour: (entry) => hueOfEnd(entry, now) },
    { title: 'COST', text: ({ computeMs }) => (computeMs > 0 ? showTime(computeMs) : '-'), align: 'right', drop: 5 },
    { title: 'SIZE', text: ({ bytes }) => showSize(bytes), align: 'right' },
    { title: 'SERIALIZER', text: ({ serializer }) => serializer || '-', min: 4, drop: 4 },
  ];
}

function nameOf({ name, kind, problem }: EntryInfo): string {
  if (problem !== undefined) return '(damaged)';
  return kind === 'error' ? `${name || '-'} (failed)` : name || '-';
}

function labelOf({ id, label, problem }: EntryInfo): string {
  return problem === undefined ? label : withoutId(problem, id);
}

/** `in 4d`, `stale, 3h left` for what may still be served past its age, `3h ago`. */
function endOf(entry: EntryInfo, now: number): string {
  if (entry.problem !== undefined) return '-';
  return isStale(entry, now) ? staleEndOf(entry, now) : showEnd(entry.expiresAt, now);
}

function staleEndOf({ staleUntil }: EntryInfo, now: number): string {
  return staleUntil === Infinity ? 'stale, kept' : `stale, ${showEnd(staleUntil, now).replace(/^in /, '')} left`;
}

function hueOfEnd(entry: EntryInfo, now: number): 'yellow' | 'dim' | undefined {
  if (!entry.expired) return undefined;
  return isStale(entry, now) ? 'yellow' : 'dim';
}

function isStale({ expired, staleUntil }: EntryInfo, now: number): boolean {
  return expired && now < staleUntil;
}
