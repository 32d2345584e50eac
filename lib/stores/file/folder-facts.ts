import * as fs from 'node:fs';
import { dirname, join, sep } from 'node:path';
import process from 'node:process';
import { areSumsDamaged } from './counter-files.ts';
import { orElse } from './failure.ts';
import { direntsIn, statIfAny } from './listing.ts';
import { COUNTERS, kindOfName } from './names.ts';
import { realPath } from './private-folder.ts';

/** Who may do what with a folder. What has no meaning on this system is undefined. */
export interface FolderAccess {
  /** Whether there is anything by that name. */
  readonly exists: boolean;
  /** Permissions, in octal: `'0700'`. */
  readonly mode: string | undefined;
  /** The number of the user to whom it belongs. */
  readonly owner: number | undefined;
  /** Whether no other user can look into it. */
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
  const stats = orElse(() => statIfAny(path), undefined);
  const hasOwners = process.geteuid !== undefined;
  return {
    exists: stats !== undefined,
    ...ownership(hasOwners ? stats : undefined),
    isPrivate: stats !== undefined && (!hasOwners || ((stats.mode & 0o077) === 0 && isOurs(stats))),
    isUsable: stats !== undefined && isUsable(path),
    isParentOpen: hasOwners && isOpen(orElse(() => statIfAny(dirname(path)), undefined)),
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
  for (const entry of direntsIn(path)) content.add(entry);
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

function isUsable(path: string): boolean {
  const { R_OK, W_OK, X_OK } = fs.constants;
  return orElse(() => fs.accessSync(path, R_OK | W_OK | X_OK) === undefined, false);
}

/** Writable by others, and without the sticky bit that keeps them from what is not theirs. */
function isOpen(stats: fs.Stats | undefined): boolean {
  return stats !== undefined && (stats.mode & 0o1002) === 0o0002;
}

/** What is known of the file system on which a folder lies. What cannot be known is undefined. */
export interface FileSystemFacts {
  /** As the system calls it: `'ext4'`, `'tmpfs'`. Known on Linux. */
  readonly fileSystem: string | undefined;
  /** Bytes that this user may still write. */
  readonly freeBytes: number | undefined;
  readonly totalBytes: number | undefined;
  /** Whether no more files can be made, whatever the space. */
  readonly isOutOfFiles: boolean;
}

/** Never throws. For a folder that is not there, what holds for the next one above that is. */
export function fileSystemOf(path: string): FileSystemFacts {
  const real = nextThatIsThere(realPath(path));
  const fileSystem = typeFromMounts(real);
  try {
    const { bavail, blocks, bsize, ffree, files } = fs.statfsSync(real);
    // Some file systems have no limit, and say so by a total of 0.
    const isOutOfFiles = files > 0 && ffree === 0;
    return { fileSystem, freeBytes: bavail * bsize, totalBytes: blocks * bsize, isOutOfFiles };
  } catch {
    return { fileSystem, freeBytes: undefined, totalBytes: undefined, isOutOfFiles: false };
  }
}

function nextThatIsThere(path: string): string {
  const parent = dirname(path);
  return parent === path || fs.existsSync(path) ? path : nextThatIsThere(parent);
}

/** The type of the innermost mount around a path; of several in one place the last one hides the others. */
function typeFromMounts(path: string): string | undefined {
  let found: { readonly length: number; readonly type: string } | undefined;
  const mounts = orElse(() => fs.readFileSync('/proc/self/mountinfo', 'utf8'), '');
  for (const line of mounts.split('\n')) {
    const { point, type } = parseMount(line);
    if (type === undefined || !isWithin(path, point)) continue;
    if (found === undefined || point.length >= found.length) found = { length: point.length, type };
  }
  return found?.type;
}

/** `36 35 98:0 /root /mount/point options shared:1 - ext4 /dev/sda1 options`, with spaces as `\040`. */
function parseMount(line: string): { readonly point: string; readonly type: string | undefined } {
  const [before = '', after = ''] = line.split(' - ');
  const point = before.split(' ')[4] ?? '';
  const [type] = after.split(' ');
  return {
    point: point.replaceAll(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8))),
    type,
  };
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
