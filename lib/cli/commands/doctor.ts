import process from 'node:process';

import { memoryStore, TempCache, type FunctionCaptures } from '../../index.ts';
import { listCaches, type Diagnosis } from '../../inspector/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import type { Context } from '../context.ts';
import { chooseOne, inspectorAt, type Place, rootOf } from './select.ts';
import type { Column } from '../terminal/table.ts';
import { visible, wrap } from '../terminal/text.ts';
import { showCount, showNumberOf, showSize } from '../terminal/units.ts';

/** As wide as what stands before a problem. */
const INDENT = ' '.repeat(9);

interface Patient extends Place, Diagnosis {}

/** What the doctor has found. */
interface Report {
  readonly node: string;
  readonly platform: string;
  /** What counts of a function in this runtime, and by which rule; a program may have chosen another one. */
  readonly identity: Pick<FunctionCaptures, 'rule' | 'message'>;
  /** The folder that holds the caches, or the one cache that was named. */
  readonly root: Diagnosis;
  readonly caches: readonly Patient[];
  readonly problems: readonly string[];
  /** For each problem, in the same order, a line for a shell that mends it. */
  readonly cures: readonly string[];
  /** What is no problem of a folder. */
  readonly remarks: readonly string[];
}

/** `tempcache doctor`: whether all is well with the folders. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'check the root and its caches: permissions, owner, room, file system, leftovers, leases',
  argument: ['[name]', 'a cache; the root and all caches without it'],
  details:
    'Nothing is changed and no record is read, but counts of calls. The exit code is 1 when there is a problem; each is told with a\nline that mends it. A remark is about the program: values of a function that load slower than they compute, or could not\nbe stored.',
  examples: [
    ['tempcache doctor', 'the root and all caches'],
    ['tempcache doctor ./cache --json', 'one folder, for a program'],
  ],
  async run({ context, names }: Call): Promise<ExitCode> {
    const report = reportOn(context, names[0]);
    await (context.isJson ? context.json(report) : print(context, report));
    return report.problems.length > 0 ? 1 : 0;
  },
};

function reportOn(context: Context, name: string | undefined): Report {
  const path = name === undefined ? rootOf(context) : chooseOne(context, name).path;
  const root = diagnose(path);
  const cures = curesOf(root);
  const caches: Patient[] = [];
  // An unsafe root tells nothing about what is below it.
  if (name === undefined && root.exists && root.isSafe) {
    for (const folder of listCaches(path)) {
      if (folder.path === path) continue;
      const diagnosis = diagnose(folder.path);
      caches.push({ name: folder.name, ...diagnosis });
      for (const [problem, cure] of curesOf(diagnosis)) cures.set(problem, cure);
    }
  }
  const platform = `${process.platform} ${process.arch}`;
  const node = process.versions.node;
  const remarks = [...root.remarks, ...caches.flatMap((one) => one.remarks.map((remark) => `${one.name}: ${remark}`))];
  return {
    node,
    platform,
    identity: identityHere(),
    root,
    caches,
    problems: [...cures.keys()],
    cures: [...cures.values()],
    remarks,
  };
}

function identityHere(): Report['identity'] {
  using cache = new TempCache('doctor', { store: memoryStore(), stats: false });
  const { rule, message } = cache.wrap(function probe() {}).cache.captures();
  return { rule, message };
}

/** The cure of each problem. */
function curesOf({ problems, cures }: Diagnosis): Map<string, string> {
  return new Map(problems.map((problem, at) => [problem, cures[at] ?? '']));
}

function diagnose(path: string): Diagnosis {
  const inspector = inspectorAt(path);
  try {
    return inspector.diagnose();
  } finally {
    inspector.close();
  }
}

async function print(
  context: Context,
  { node, platform, identity, root, caches, remarks, ...found }: Report,
): Promise<void> {
  const { problems, cures } = found;
  const { out, paint } = context;
  const lines = [
    ['node', `${node}, ${platform}`],
    ['identity', `of a function: ${identity.message.replace(/^I/, 'i')}`],
    ...linesOf(root),
  ] as const;
  for (const [title, text] of lines) await out.line(`${paint('bold', title.padEnd(12))}${visible(text)}`);
  if (caches.length > 0) {
    await out.line();
    await context.table(COLUMNS, caches);
  }
  await out.line();
  for (const [at, problem] of problems.entries()) {
    await printWrapped(context, paint('red', 'problem  '), problem);
    // Not wrapped, so that it can be copied as one line.
    await out.line(`${paint('green', 'cure     ')}${visible(cures[at] ?? '')}`);
  }
  for (const remark of remarks) await printWrapped(context, paint('yellow', 'remark   '), remark);
  await out.line(problems.length > 0 ? `${showNumberOf(problems.length, 'problem')} found.` : 'No problems found.');
}

/** A title of as many characters as the indentation has, and a text in lines beside it. */
async function printWrapped({ out, width }: Context, title: string, text: string): Promise<void> {
  const lines = wrap(visible(text), width - INDENT.length);
  for (const [row, line] of lines.entries()) await out.line(`${row === 0 ? title : INDENT}${line}`);
}

function linesOf(folder: Diagnosis): readonly (readonly [string, string])[] {
  if (!folder.exists) return [['folder', `${folder.path} (not there yet: the first save makes it)`]];
  const shared = folder.isShared ? ', may be shared with other machines or containers' : '';
  return [
    ['folder', folder.path],
    ['access', accessOf(folder)],
    ['file system', `${folder.fileSystem ?? 'unknown'}${shared}`],
    ['free', roomOf(folder)],
    ...(folder.entries > 0 ? [['entries', showCount(folder.entries)] as const] : []),
    ['leftovers', leftoversOf(folder)],
    ['leases', leasesOf(folder)],
  ];
}

function accessOf({ mode, owner, isPrivate }: Diagnosis): string {
  const whose = owner === process.getuid?.() ? 'yours' : `of user ${owner}`;
  return `mode ${mode ?? 'unknown'}${owner === undefined ? '' : `, ${whose}`}, ${isPrivate ? 'private' : 'not private'}`;
}

function roomOf({ freeBytes, totalBytes }: Diagnosis): string {
  return freeBytes === undefined || totalBytes === undefined
    ? 'unknown'
    : `${showSize(freeBytes)} of ${showSize(totalBytes)}`;
}

function leftoversOf({ leftovers: { files, bytes } }: Diagnosis): string {
  return files === 0 ? 'none' : `${showNumberOf(files, 'file')} (${showSize(bytes)})`;
}

function leasesOf({ leases: { living, dead, unknown } }: Diagnosis): string {
  const parts = [
    [living, 'held'],
    [dead, 'of dead processes'],
    [unknown, 'of processes elsewhere'],
  ] as const;
  const found = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return found.join(', ') || 'none';
}

const COLUMNS: readonly Column<Patient>[] = [
  { title: 'CACHE', text: ({ name }) => name, min: 12, colour: 'cyan' },
  { title: 'ENTRIES', text: ({ entries }) => showCount(entries), align: 'right' },
  { title: 'MODE', text: ({ mode }) => mode ?? '-', drop: 4 },
  { title: 'LEASES', text: (folder) => leasesOf(folder), min: 10, drop: 3 },
  { title: 'LEFTOVERS', text: (folder) => leftoversOf(folder), drop: 2 },
  { title: 'FOREIGN', text: ({ foreign }) => showCount(foreign.files), align: 'right', drop: 5 },
  { title: 'PROBLEMS', text: ({ problems }) => showCount(problems.length), align: 'right' },
];
