/** The files in which a folder's counters stand, and how the logs among them are folded into the sums. */

import { Buffer } from 'node:buffer';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { removeFile, statIfAny } from './listing.ts';
import { COUNTERS } from './names.ts';
import { addEntry, addTo, CounterLog, decodeLine, encodeLine, type Groups } from './counter-log.ts';
import { checkIsFile, openIfAny } from './read-record.ts';
import { replaceFile } from './write-record.ts';

/** Ms for which a log that was set aside is left alone: one that had it open before may still write into it. */
export const GRACE = 60_000;

/** Bytes of a log that is set aside: to read so much takes a millisecond or two. */
export const LONG = 65_536;

/** The paths of the files. */
export interface CounterPaths {
  /** The log to which all append. */
  readonly current: string;
  /** Where the n-th log is set aside: in one of two places by turns. */
  readonly aside: (n: number) => string;
  readonly sums: string;
}

/** What stood in the logs that were folded. */
export interface Sums {
  /** How many logs these are, so that the one set aside is known to be one of them or not. */
  readonly folded: number;
  readonly groups: Groups;
}

export function counterPaths(folder: string): CounterPaths {
  const path = (name: string): string => join(folder, name);
  return {
    current: path(COUNTERS.current),
    aside: (n) => path(n % 2 === 0 ? COUNTERS.even : COUNTERS.odd),
    sums: path(COUNTERS.sums),
  };
}

/** The sums, or undefined for a file that is damaged. None where there is no file. */
export function readSums(path: string): Sums | undefined {
  const groups: Groups = new Map();
  const content = readText(path);
  if (content === undefined) return { folded: 0, groups };
  const [, line = ''] = content.split('\n');
  const sums = decodeLine(line) as readonly [folded: number, groups: readonly unknown[]] | undefined;
  if (sums === undefined) return undefined;
  for (const entry of sums[1]) addEntry(groups, entry);
  return { folded: sums[0], groups };
}

/** All of a file as it is now; undefined where there is none. Throws what else the file system says. */
function readText(path: string): string | undefined {
  const fd = openIfAny(path);
  if (fd === undefined) return undefined;
  try {
    const bytes = Buffer.allocUnsafe(checkIsFile(fs.fstatSync(fd)).size);
    return bytes.toString('utf8', 0, fs.readSync(fd, bytes, 0, bytes.length, null));
  } finally {
    fs.closeSync(fd);
  }
}

function encodeSums({ folded, groups }: Sums): Uint8Array {
  const kept = [...groups].map(([group, { sums }]) => [
    group,
    Object.fromEntries([...sums].filter(([, sum]) => sum !== 0)),
  ]);
  return encodeLine([folded, kept]);
}

/** Whether there may be something to fold, or to set aside. */
export function isCompactable({ current, aside }: CounterPaths): boolean {
  return [0, 1].some((n) => statIfAny(aside(n)) !== undefined) || isLong(current);
}

function isLong(path: string): boolean {
  return (statIfAny(path)?.size ?? 0) >= LONG;
}

/**
 * Adds the log that was set aside to the sums, once it is left alone for long enough, and sets the current one aside when it is
 * long. One process at a time does this: it holds a lease.
 *
 * It may die at any point. The sums say how many logs stand in them, and are replaced as a whole: a log that stands in them and
 * could not be removed is in the place of the last one, where no reader looks, and is removed first of all the next time. Only
 * then, or before, is there a log in the place of the next one.
 */
export function compact(
  paths: CounterPaths,
  { tempPath, now }: { readonly tempPath: string; readonly now: number },
): void {
  const sums = readSums(paths.sums) ?? { folded: 0, groups: new Map() };
  removeFile(paths.aside(sums.folded));
  const next = paths.aside(sums.folded + 1);
  const waiting = statIfAny(next);
  if (waiting !== undefined) {
    // A time in the future is that of a clock which was wrong.
    if (Math.abs(now - waiting.mtimeMs) < GRACE) return;
    fold(next, sums);
    const folded = sums.folded + 1;
    replaceFile(paths.sums, tempPath, [encodeSums({ folded, groups: sums.groups })]);
    removeFile(next);
    return compact(paths, { tempPath, now });
  }
  if (!isLong(paths.current)) return;
  // From now on it is left alone; whatever is still written into it sets the time anew.
  fs.lutimesSync(paths.current, now / 1000, now / 1000);
  fs.renameSync(paths.current, next);
}

function fold(path: string, { groups }: Sums): void {
  const log = CounterLog.open(path);
  if (log === undefined) return;
  try {
    log.readOn();
    for (const [group, sums] of log.groups) addTo(groups, group, sums);
  } finally {
    log.close();
  }
}

/** Whether the sums cannot be read: what stood in them is lost. Never throws. */
export function areSumsDamaged(path: string): boolean {
  try {
    return readSums(path) === undefined;
  } catch {
    return false;
  }
}
