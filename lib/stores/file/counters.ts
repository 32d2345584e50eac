import type { Buffer } from 'node:buffer';
import * as fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import { isHeld, type Counts, type HeldLease, type SyncCounters, type SyncLease } from '../store.ts';
import { compact, counterPaths, isCompactable, LONG, readSums, type CounterPaths, type Sums } from './counter-files.ts';
import { addTo, CounterLog, encodeLine, type Groups } from './counter-log.ts';
import { isAbsent, isNoFile, storeFailure } from './failure.ts';
import { statIfAny } from './listing.ts';
import { checkIsFile } from './read-record.ts';

/** Ms between two looks. */
const REST = 1000;

/** How often a reader begins again while others move files. */
const ATTEMPTS = 10;

const APPEND =
  fs.constants.O_WRONLY |
  fs.constants.O_APPEND |
  fs.constants.O_CREAT |
  (fs.constants.O_NOFOLLOW ?? 0) |
  (fs.constants.O_NONBLOCK ?? 0);

/** What the counters of a folder need. */
export interface CounterTerms {
  readonly path: string;
  /** Whether the folder is there, and safe. Throws where it is not safe, or the store is closed. */
  readonly isThere: () => boolean;
  /** A name of its own for a temporary file. */
  readonly tempPath: () => string;
  /** The right to move files; undefined where another process has it. */
  readonly lease: () => SyncLease | HeldLease;
  /** Ms since the epoch; default `Date.now`. */
  readonly clock?: () => number;
}

/**
 * The counters of a folder. What is added is appended to a log, in one open, write, close: on a local file system one write in
 * append mode is whole, so nothing is locked. Three files make the whole, in this order: the sums of earlier logs, a log that
 * was set aside, and the current one. A log is set aside when it is long, and added to the sums a minute later at the earliest.
 *
 * What is promised: each `add` that returned counts once, whatever the others do or die of meanwhile. Not promised: an `add` of
 * a process that was halted for a minute between its open and its write, an `add` over a network file system that does not append
 * as a whole, and what stood in a file that was damaged. A torn or foreign line is passed over.
 */
export class FileCounters implements SyncCounters {
  readonly #terms: CounterTerms;
  readonly #paths: CounterPaths;
  #sums: Sums = { folded: 0, groups: new Map() };
  #aside: CounterLog | undefined;
  #current: CounterLog | undefined;
  #nextLook = 0;

  constructor(terms: CounterTerms) {
    this.#terms = terms;
    this.#paths = counterPaths(terms.path);
  }

  /** @throws StoreError, UnsafeFolderError */
  add(group: string, deltas: Counts): void {
    this.#guarded(() => this.#append([group, deltas]), undefined);
  }

  /** @throws StoreError, UnsafeFolderError */
  read(group: string): Counts {
    return this.#guarded(
      () => {
        this.#readOn();
        return this.#sumsOf(group);
      },
      {},
      isNoFile,
    );
  }

  /** @throws StoreError, UnsafeFolderError */
  reset(group: string): void {
    if (Object.keys(this.read(group)).length > 0) this.#guarded(() => this.#append([group]), undefined);
  }

  /** Folds logs into sums, unless another process does. @throws StoreError, UnsafeFolderError */
  compact(): void {
    this.#guarded(() => this.#compact(), undefined, isNoFile);
  }

  /** Releases the descriptors. */
  close(): void {
    const logs = [this.#aside, this.#current];
    this.#aside = undefined;
    this.#current = undefined;
    for (const log of logs) log?.close();
  }

  /** The folder may go at any moment: then nothing is counted. What is no file has no counts, and takes none. */
  #guarded<T>(work: () => T, otherwise: T, isNothing = isAbsent): T {
    if (!this.#terms.isThere()) return otherwise;
    try {
      return work();
    } catch (error) {
      if (isNothing(error)) return otherwise;
      throw storeFailure('count in', error, { path: this.#paths.current });
    }
  }

  #append(entry: readonly [group: string, deltas?: Counts]): void {
    const line = encodeLine(entry);
    const { ino, size } = appendTo(this.#paths.current, line);
    if (this.#current?.file === ino) this.#current.pass(line, { size, entry });
    if (size < LONG || performance.now() < this.#nextLook) return;
    this.#nextLook = performance.now() + REST;
    this.#compact();
  }

  #compact(): void {
    if (!isCompactable(this.#paths)) return;
    const { lease: take, tempPath, clock = Date.now } = this.#terms;
    const lease = take();
    if (isHeld(lease)) return;
    try {
      compact(this.#paths, { tempPath: tempPath(), now: clock() });
    } finally {
      lease.release();
    }
  }

  /** As long as the current log is the same one, only lines were added: folding the other one changes no sum. */
  #readOn(): void {
    const current = statIfAny(this.#paths.current);
    if (current !== undefined && current.ino === this.#current?.file) this.#current.readOn(current.size);
    else {
      this.#reopen();
      this.#current?.readOn();
    }
    this.#aside?.readOn();
  }

  /** Opens the files anew, and once more where one was moved meanwhile: all of them are of one moment then. */
  #reopen(): void {
    const { sums, aside, current } = this.#paths;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      this.close();
      const stamp = stampAt(sums);
      this.#sums = readSums(sums) ?? { folded: 0, groups: new Map() };
      const place = aside(this.#sums.folded + 1);
      this.#aside = CounterLog.open(place);
      this.#current = CounterLog.open(current);
      if (stampAt(sums) === stamp && fileAt(place) === this.#aside?.file) return;
    }
  }

  #sumsOf(group: string): Counts {
    const groups: Groups = new Map();
    for (const part of [this.#sums, this.#aside, this.#current]) {
      const own = part?.groups.get(group);
      if (own !== undefined) addTo(groups, group, own);
    }
    const sums = groups.get(group)?.sums ?? [];
    return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
  }
}

/** The number of the file, and its size with the line. Throws what the file system says. */
function appendTo(path: string, line: Buffer): { readonly ino: number; readonly size: number } {
  const fd = fs.openSync(path, APPEND, 0o600);
  try {
    checkIsFile(fs.fstatSync(fd));
    const written = fs.writeSync(fd, line);
    // The line break at the end may be missing: the next line begins with one.
    if (written < line.length - 1) throw Object.assign(new Error('The line was torn'), { code: 'ENOSPC' });
    return fs.fstatSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function fileAt(path: string): number | undefined {
  return statIfAny(path)?.ino;
}

function stampAt(path: string): string {
  const stats = statIfAny(path);
  return stats === undefined ? '' : `${stats.ino} ${stats.mtimeMs} ${stats.size}`;
}
