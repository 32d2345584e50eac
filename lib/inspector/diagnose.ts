import { isChunkId, isItemId } from '../common/ids.ts';
import type { WriterFile } from '../stores/file/leftovers.ts';
import { type Diagnosis, type Facts, type Problem, problemsOf, shellLine } from './diagnosis.ts';
import { carryOutSync } from '../runtime/steps.ts';
import { type CallCounts, loadsSlower, NO_COUNTS, plus } from '../stats/counters.ts';
import { readCalls } from '../stats/stored.ts';
import { messageOf } from '../maintenance/record-check.ts';
import type { FolderView } from '../stores/file/folder-view.ts';
import type { SyncStore } from '../stores/store.ts';

/** A folder and its records. */
interface Source {
  readonly view: FolderView;
  readonly store: SyncStore;
}

/** What is found in a folder; nothing in one that is not to be looked into. */
interface Contents extends Pick<
  Diagnosis,
  'entries' | 'parts' | 'notes' | 'folders' | 'leftovers' | 'leases' | 'foreign'
> {
  readonly misplaced: readonly string[];
  readonly alien: number;
  readonly areCountersDamaged: boolean;
}

/** Never throws for what it finds. Reads no record but counts, and looks into no unsafe folder. */
export function diagnose(source: Source): Diagnosis {
  const { view } = source;
  const failures: Problem[] = [];
  const isThere = attempt(() => view.exists(), { path: view.path, failures });
  const { isUsable, isParentOpen, ...access } = view.access();
  const { isOutOfFiles, ...place } = view.fileSystem();
  const contents =
    (isThere === true ? attempt(() => contentsOf(source), { path: view.path, failures }) : undefined) ?? NO_CONTENTS;
  const { misplaced, alien, areCountersDamaged, ...shown } = contents;
  const known = { path: view.path, ...access, isSafe: isThere !== undefined, ...place, ...shown };
  const facts: Facts = { ...known, isUsable, isParentOpen, isOutOfFiles, misplaced, alien, areCountersDamaged };
  const all = [...failures, ...problemsOf(facts)];
  const remarks = isThere === true ? (attempt(() => remarksOn(source), { path: view.path, failures: [] }) ?? []) : [];
  return { ...known, problems: all.map(({ says }) => says), cures: all.map(({ cure }) => cure), remarks };
}

/** By what all processes have counted. */
function remarksOn({ store }: Source): string[] {
  const functions = new Map<string, CallCounts>();
  for (const { name, ...counts } of carryOutSync(readCalls(store))) {
    functions.set(name, plus(functions.get(name) ?? NO_COUNTS, counts));
  }
  return [...functions].flatMap(([name, counts]) => [...slowness(name, counts), ...unstored(name, counts)]);
}

function slowness(name: string, { hits, stale, loadMs, savedMs }: CallCounts): string[] {
  const [load, compute] = [loadMs, loadMs + savedMs].map((ms) => ms / Math.max(1, hits + stale)) as [number, number];
  if (!loadsSlower(load, compute)) return [];
  const times = `${Math.round(load)} ms instead of ${Math.round(compute)} ms on average, ${hits + stale} times`;
  return [`${name || 'An item'} loads slower than it computes: ${times}. Store less of it, or do not cache it`];
}

function unstored(name: string, counts: CallCounts): string[] {
  if (counts.unstored === 0) return [];
  const times = counts.unstored === 1 ? 'once' : `${counts.unstored} times`;
  const what = `Values of ${name || 'items'} could not be stored, ${times}`;
  return [`${what}, and were computed again: a warning of the program, or its event writeFailed, says why`];
}

const NO_CONTENTS: Contents = {
  entries: 0,
  parts: 0,
  notes: 0,
  folders: 0,
  leftovers: { files: 0, bytes: 0 },
  leases: { living: 0, dead: 0, unknown: 0 },
  foreign: { files: 0, names: [] },
  misplaced: [],
  alien: 0,
  areCountersDamaged: false,
};

function contentsOf({ view }: Source): Contents {
  const { foreign, foreignNames, ...content } = view.content();
  return {
    ...content,
    foreign: { files: foreign, names: foreignNames },
    ...recordsOf(view.ids()),
    ...writersOf(view.writers()),
  };
}

function recordsOf(ids: Iterable<string>): Pick<Diagnosis, 'entries' | 'parts' | 'notes'> {
  const sum = { entries: 0, parts: 0, notes: 0 };
  for (const id of ids) {
    if (isItemId(id)) sum.entries++;
    else if (isChunkId(id)) sum.parts++;
    else sum.notes++;
  }
  return sum;
}

const LEASE_STATE = { alive: 'living', dead: 'dead', unknown: 'unknown' } as const;

function writersOf(files: Iterable<WriterFile>): Pick<Diagnosis, 'leftovers' | 'leases'> {
  const leftovers = { files: 0, bytes: 0 };
  const leases = { living: 0, dead: 0, unknown: 0 };
  for (const { kind, state, isLeft, bytes } of files) {
    if (kind === 'lock') leases[LEASE_STATE[state]]++;
    if (!isLeft) continue;
    leftovers.files++;
    leftovers.bytes += bytes;
  }
  return { leftovers, leases };
}

/** What cannot be looked into is a problem too; what always helps is another folder. */
function attempt<T>(work: () => T, { path, failures }: { path: string; failures: Problem[] }): T | undefined {
  try {
    return work();
  } catch (error) {
    failures.push({
      says: messageOf(error),
      cure: shellLine(['ls -ld', path, '&& export TEMPCACHE_DIR=~/.cache/tempcache']),
    });
    return undefined;
  }
}
