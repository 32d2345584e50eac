import { dirname, isAbsolute, join } from 'node:path';

import type { FileSystemFacts, FolderAccess, FolderContent } from '../stores/file/folder-facts.ts';

/** How a cache folder is. What cannot be known, on this system or at all, is undefined. */
export interface Diagnosis {
  readonly path: string;
  /** Whether there is anything by that name. */
  readonly exists: boolean;
  /** Whether a cache would use it. Also true for a folder that is not there. */
  readonly isSafe: boolean;
  /** Whether no other user can look into it. */
  readonly isPrivate: boolean;
  /** Permissions, in octal: `'0700'`. */
  readonly mode: string | undefined;
  /** The number of the user to whom it belongs. */
  readonly owner: number | undefined;
  /** As the system calls it: `'ext4'`, `'tmpfs'`. */
  readonly fileSystem: string | undefined;
  /** Whether processes may use it whom this system cannot see: of other machines, or of other containers. */
  readonly isShared: boolean;
  /** Bytes that this user may still write there. */
  readonly freeBytes: number | undefined;
  readonly totalBytes: number | undefined;
  readonly entries: number;
  /** Parts of the runs of generators, which are records of their own. */
  readonly parts: number;
  /** What the cache keeps for itself, such as counts. */
  readonly notes: number;
  /** Folders in it, which may be caches of their own. */
  readonly folders: number;
  /** What dead processes have left; `prune()` removes it. */
  readonly leftovers: { readonly files: number; readonly bytes: number };
  /** Rights to compute an entry, by what can be said of the processes that hold them. */
  readonly leases: { readonly living: number; readonly dead: number; readonly unknown: number };
  /** What does not belong to a cache. No method touches it. */
  readonly foreign: {
    readonly files: number;
    /** Ten of them at most. */
    readonly names: readonly string[];
  };
  /** What is wrong, and what to do about it; empty for a sound folder. */
  readonly problems: readonly string[];
  /** For each problem, in the same order, a line for a shell that mends it. */
  readonly cures: readonly string[];
  /** What is worth to know of the program, and no problem of the folder: functions whose values load slower than they compute, or cannot be stored. */
  readonly remarks: readonly string[];
}

/** All that is known of a folder. */
export interface Facts
  extends
    Omit<Diagnosis, 'problems' | 'cures' | 'remarks'>,
    Pick<FolderAccess, 'isUsable' | 'isParentOpen'>,
    Pick<FileSystemFacts, 'isOutOfFiles'>,
    Pick<FolderContent, 'misplaced' | 'alien' | 'areCountersDamaged'> {}

/** Bytes below which a disk is about to be full. */
const LITTLE = 64 * 2 ** 20;

/** What is wrong, and the line for a shell that mends it. */
export interface Problem {
  readonly says: string;
  readonly cure: string;
}

/** Each thing that can be wrong: what to say of it and how to mend it, or undefined where it is right. */
const CHECKS: readonly ((facts: Facts) => Problem | undefined)[] = [
  ({ exists, isSafe, isUsable, path }) =>
    problem(exists && isSafe && !isUsable, `This process may not read and write ${path}: make it yours`, [
      'sudo chown "$(id -u)"',
      path,
      '&& chmod u+rwx',
      path,
    ]),
  ({ exists, isSafe, isPrivate, mode, path }) =>
    problem(exists && isSafe && !isPrivate, `Others can look into ${path} (mode ${mode}): close it`, [
      'chmod 700',
      path,
    ]),
  ({ isParentOpen, path }) =>
    problem(isParentOpen, `Everybody can rename what is in the folder above ${path}: set its sticky bit`, [
      'chmod +t',
      dirname(path),
    ]),
  ({ freeBytes = Infinity, path }) =>
    problem(freeBytes < LITTLE, `Only ${freeBytes} bytes are free where ${path} lies: remove what is not used`, [
      'tempcache prune',
      path,
      '--unused 1d',
    ]),
  ({ isOutOfFiles, path }) =>
    problem(isOutOfFiles, `The file system of ${path} has no room for more files: remove what is not used`, [
      'tempcache prune',
      path,
      '--unused 1d',
    ]),
  ({ alien, path }) =>
    problem(alien > 0, `${filesInWords(alien)} in ${path} of another user, which may not be readable: make all yours`, [
      'sudo chown -R -h "$(id -u)"',
      path,
    ]),
  ({ misplaced, path }) =>
    problem(misplaced.length > 0, `There is no file where one belongs in ${path}: remove ${misplaced.join(', ')}`, [
      'rm -r',
      ...misplaced.map((name) => join(path, name)),
    ]),
  ({ areCountersDamaged, path }) =>
    problem(areCountersDamaged, `The counters in ${path} are damaged, and what stood in them is lost: remove them`, [
      'rm',
      join(path, 'counters-sums'),
    ]),
  ({ leftovers, path }) =>
    problem(
      leftovers.files > 0,
      `Dead processes have left ${filesInWords(leftovers.files)} in ${path}: prune the cache`,
      ['tempcache prune', path],
    ),
  ({ foreign, path }) =>
    problem(
      foreign.files > 0,
      `${filesInWords(foreign.files)} in ${path} not of the cache, ${foreign.names[0]} for one: move elsewhere`,
      [`mkdir -p`, `${path}-moved`, '&& mv', ...foreign.names.map((name) => join(path, name)), `${path}-moved`],
    ),
];

/** What is wrong with a folder, the gravest first, each with what to do about it. */
export function problemsOf(facts: Facts): Problem[] {
  return CHECKS.map((check) => check(facts)).filter((found) => found !== undefined);
}

function problem(isWrong: boolean, says: string, line: readonly string[]): Problem | undefined {
  return isWrong ? { says, cure: shellLine(line) } : undefined;
}

/** A line for a shell: paths, which begin with a slash or a drive, are quoted where they need it. */
export function shellLine(parts: readonly string[]): string {
  return parts.map((part) => (isAbsolute(part) ? quoted(part) : part)).join(' ');
}

function quoted(path: string): string {
  return /^[\w./:~+@%-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function filesInWords(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
