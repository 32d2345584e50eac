import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { errorCode, StoreError, UnsafeFolderError } from '../../common/errors.ts';
import { isAbsent, storeFailure } from './failure.ts';

/** Ms for which a folder that was found safe is not looked at again. */
const CHECK_INTERVAL = 1000;

/** What is being done, for the error of one that fails. */
interface Details {
  readonly path: string;
  readonly id: string;
}

/**
 * A folder that nobody else can have prepared and nobody else can change; the one place that makes and checks folders.
 *
 * Why the checks hold without a lock:
 * - `mkdir` is atomic and follows no link: the folder is either made by us, with mode 0700, or it was there before, and
 *   then `lstat` tells what it is and whose it is.
 * - A folder that passed is ours and not writable by others, so only we can change what lies in it. Others could
 *   only rename or remove the folder itself, and the sticky bit of a shared parent such as `/tmp` keeps them from that.
 *   Hence the root is checked first, and what lies between root and folder needs no check.
 * - A cleaner of temp folders may remove the folder, and then somebody else may make one of that name. So the check is
 *   repeated while the folder is in use, once a second at most, which keeps it off the way of a hit. A private
 *   root closes that second too: nobody else can make anything in it.
 * - Parents that others can write, without a sticky bit, are beyond our reach: they are their owner's affair.
 */
export class PrivateFolder {
  readonly path: string;
  /** What is made and checked, outermost first. */
  readonly #chain: readonly string[];
  #checkedAt = -Infinity;
  #isClosed = false;

  /** `root` is a private folder that holds `path`, or undefined where `path` stands for itself. */
  constructor(path: string, root?: string) {
    this.path = path;
    this.#chain = root === undefined || root === path ? [path] : [root, path];
  }

  /**
   * Whether the folder is there. An absent one is not remembered: it is looked for again next time.
   *
   * @throws UnsafeFolderError, StoreError, which says so when it is closed
   */
  exists(): boolean {
    // As `performance.now()`, whose module takes a process 1 ms to load: a hit would load it for this alone.
    const [seconds, nanoseconds] = process.hrtime();
    const now = seconds * 1000 + nanoseconds / 1_000_000;
    if (now - this.#checkedAt < CHECK_INTERVAL) return true;
    const { path } = this;
    if (this.#isClosed) throw new StoreError(`The file store ${path} is closed: make a new one`, { path });
    if (!this.#chain.every(isSafeFolder)) return false;
    this.#checkedAt = now;
    return true;
  }

  /** Does nothing where the folder is missing, before or in the middle of the work. */
  ifThere(what: string, details: Details, work: () => void): void {
    if (!this.exists()) return;
    try {
      work();
    } catch (error) {
      if (!isAbsent(error)) throw storeFailure(what, error, details);
      this.forget();
    }
  }

  /** Makes the folder when it is missing, before or in the middle of the work, and tries again, ten times at most. */
  inside<T>(what: string, details: Details, work: () => T): T {
    for (let attempt = 1; ; attempt++) {
      if (!this.exists()) this.#make();
      try {
        return work();
      } catch (error) {
        if (attempt === 10 || !isAbsent(error)) throw storeFailure(what, error, details);
        this.forget();
      }
    }
  }

  /** Has the folder checked at its next use. */
  forget(): void {
    this.#checkedAt = -Infinity;
  }

  /** The folder is used no more. */
  close(): void {
    this.#isClosed = true;
    this.forget();
  }

  /** Makes what is missing, with mode 0700, and checks what is there, which holds for the next second. */
  #make(): void {
    for (const path of this.#chain) {
      makeFolder(path);
      // It has vanished again: the next step fails, and is tried again.
      if (!isSafeFolder(path)) return;
    }
    this.exists();
  }
}

/** The one name of a folder that several paths may lead to; what is not there yet has the name that it is given. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // It is there, or a parent has vanished in between.
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') return;
    throw storeFailure('make the cache folder', error, { path });
  }
}

/** Whether there is a folder, and a safe one; false where there is nothing. */
function isSafeFolder(path: string): boolean {
  const stats = lstatIfAny(path);
  if (stats === undefined) return false;
  const fault = faultOf(stats, path);
  if (fault === undefined) return true;
  throw new UnsafeFolderError(`The cache folder ${path} is not safe to use: ${fault}`, { path });
}

function lstatIfAny(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw storeFailure('look at the cache folder', error, { path });
  }
}

/** What is wrong and what to do. On Windows, where a temp folder is private to its user, owner and mode say nothing. */
function faultOf(stats: Stats, path: string): string | undefined {
  if (stats.isSymbolicLink()) return 'it is a symbolic link; name the folder that it leads to, or choose another one';
  if (!stats.isDirectory()) return 'it is not a folder; remove it, or choose another one';
  const user = process.geteuid?.();
  if (user === undefined) return undefined;
  if (stats.uid !== user) {
    return `it belongs to another user (uid ${stats.uid}, not ${user}), who could change results; choose another folder`;
  }
  if ((stats.mode & 0o022) === 0) return undefined;
  const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
  return `others can write to it (mode ${mode}) and could change results; run \`chmod go-w ${path}\`, or choose another folder`;
}
