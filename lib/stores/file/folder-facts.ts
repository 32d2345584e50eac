import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { areSumsDamaged } from './counter-files.ts';
import { statIfAny } from './listing.ts';
import { COUNTERS, kindOfName } from './names.ts';

/** Who may do what with a folder. What has no meaning on this system is undefined. */
export interface FolderAccess {
  /** Whether there is anything by that name. */
  readonly exists: boolean;
  /** Permissions, in octal: `'0700'`. */
  readonly mode: string | undefined;
  /** The number of the user to whom it belongs. */
  readonly owner: number | undefined;
  /** Whether nobody else can look into it. */
  readonly isPrivate: boolean;
  /** Whether this process may read it and make files in it. */
  readonly isUsable: boolean;
  /** Whether the folder above lets everybody rename what is in it. */
  readonly isParentOpen: boolean;
}

/** What lies in a folder besides the records. */
export interface FolderContent {
  /** Files, links and the like that are none of ours. */
  readonly foreign: number;
  /** Names of these, ten at most. */
  readonly foreignNames: readonly string[];
  /** Folders, which may be caches of their own. */
  readonly folders: number;
  /** Names in the places of our files, under which there is no file. Ten at most. */
  readonly misplaced: readonly string[];
  /** How many of our files belong to another user. */
  readonly alien: number;
  /** Whether the sums of counters cannot be read: what stood in them is lost. */
  readonly areCountersDamaged: boolean;
}

const MOST_NAMES = 10;

/** Never throws. */
export function accessTo(path: string): FolderAccess {
  const stats = tryStat(path);
  const hasOwners = process.geteuid !== undefined;
  return {
    exists: stats !== undefined,
    ...ownership(hasOwners ? stats : undefined),
    isPrivate: stats !== undefined && (!hasOwners || ((stats.mode & 0o077) === 0 && isOurs(stats))),
    isUsable: stats !== undefined && isUsable(path),
    isParentOpen: hasOwners && isOpen(tryStat(dirname(path))),
  };
}

function ownership(stats: fs.Stats | undefined): Pick<FolderAccess, 'mode' | 'owner'> {
  if (stats === undefined) return { mode: undefined, owner: undefined };
  return { mode: (stats.mode & 0o7777).toString(8).padStart(4, '0'), owner: stats.uid };
}

function isOurs({ uid }: fs.Stats): boolean {
  return uid === (process.geteuid?.() ?? uid);
}

/** What lies in a folder. Nothing is followed, nothing is changed. Throws what the file system says. */
export function contentOf(path: string): FolderContent {
  const content = new Content(path);
  const handle = fs.opendirSync(path, { bufferSize: 256 });
  try {
    for (let entry = handle.readSync(); entry !== null; entry = handle.readSync()) content.add(entry);
  } finally {
    handle.closeSync();
  }
  return content;
}

class Content implements FolderContent {
  foreign = 0;
  readonly foreignNames: string[] = [];
  folders = 0;
  readonly misplaced: string[] = [];
  alien = 0;
  areCountersDamaged = false;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  add(entry: fs.Dirent): void {
    const kind = kindOfName(entry.name);
    if (kind !== undefined) this.#addOwn(entry);
    else if (entry.isDirectory()) this.folders++;
    else {
      this.foreign++;
      note(this.foreignNames, entry.name);
    }
  }

  #addOwn(entry: fs.Dirent): void {
    if (!entry.isFile()) {
      note(this.misplaced, entry.name);
      return;
    }
    const stats = statIfAny(join(this.#path, entry.name));
    if (stats === undefined) return;
    if (!isOurs(stats)) this.alien++;
    if (entry.name === COUNTERS.sums) this.areCountersDamaged = areSumsDamaged(join(this.#path, entry.name));
  }
}

function note(names: string[], name: string): void {
  if (names.length < MOST_NAMES) names.push(name);
}

function tryStat(path: string): fs.Stats | undefined {
  try {
    return statIfAny(path);
  } catch {
    return undefined;
  }
}

function isUsable(path: string): boolean {
  try {
    fs.accessSync(path, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Writable by others, and without the sticky bit that keeps them from what is not theirs. */
function isOpen(stats: fs.Stats | undefined): boolean {
  return stats !== undefined && (stats.mode & 0o1002) === 0o0002;
}
