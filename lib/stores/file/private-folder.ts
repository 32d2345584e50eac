import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { errorCode, StoreError, type UnsafeFolderError } from '../../common/errors.ts';
import { isAbsent, storeFailure } from './failure.ts';
import { foreignFault, isSafeFolder } from './folder-safety.ts';

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
 * - A folder that was given by its path, and not by a name below the root, may be somebody's documents: where there is something
 *   in it, and nothing of ours, it is refused too.
 * - Parents that others can write, without a sticky bit, are beyond our reach: they are their owner's affair.
 */
export class PrivateFolder {
  readonly path: string;
  /** What is made and checked, outermost first. */
  readonly #chain: readonly string[];
  #checkedAt = -Infinity;
  #isClosed = false;
  /** Whether what is in it may be ours. */
  #isOurs: boolean;
  /** Why it is refused for what is in it, until it is looked into again. */
  #refusal: { readonly error: UnsafeFolderError; readonly until: number } | undefined;

  /** `root` is a private folder that holds `path`, or `path` itself where that may hold anything; undefined: it stands for itself. */
  constructor(path: string, root?: string) {
    this.path = path;
    this.#chain = root === undefined || root === path ? [path] : [root, path];
    this.#isOurs = root !== undefined;
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
    if (!this.#chain.every(this.#isSafe)) return false;
    if (!this.#isOurs) this.#lookInside(now);
    this.#checkedAt = now;
    return true;
  }

  /** Until it has passed, and then never again. @throws UnsafeFolderError */
  #lookInside(now: number): void {
    if (this.#refusal === undefined || now >= this.#refusal.until) {
      const error = foreignFault(this.path);
      this.#isOurs = error === undefined;
      if (error === undefined) return;
      this.#refusal = { error, until: now + CHECK_INTERVAL };
    }
    throw this.#refusal.error;
  }

  /** Does nothing where the folder is missing, before or in the middle of the work. */
  ifThere<T>(what: string, details: Details, work: () => T): T | undefined {
    if (!this.exists()) return undefined;
    try {
      return work();
    } catch (error) {
      if (!isAbsent(error)) throw storeFailure(what, error, details);
      this.forget();
      return undefined;
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
      if (this.#isSafe(path)) continue;
      makeFolder(path);
      // It has vanished again: the next step fails, and is tried again.
      if (!this.#isSafe(path)) return;
    }
    this.exists();
  }

  readonly #isSafe = (path: string): boolean => isSafeFolder(path, this.#chain.length > 1);
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

/** Parents are made only where they are missing: a process may have no right to make any. */
function makeFolder(path: string): void {
  for (let attempt = 1; attempt <= 2; attempt++) {
    try {
      mkdirSync(path, { mode: 0o700 });
      return;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return;
      const parent = dirname(path);
      if (errorCode(error) !== 'ENOENT' || parent === path)
        throw storeFailure('make the cache folder', error, { path });
      // The second time a parent has vanished in between.
      if (attempt === 1) makeFolder(parent);
    }
  }
}
