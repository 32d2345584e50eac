import { constants, openSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isAbsent } from './failure.ts';

/**
 * A symbolic link in the place of a record is not followed, and a pipe in its place does not block. Windows knows neither
 * flag.
 */
const READ_ONLY: number = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The most that one call reads: the system's own limit is 2 GiB less a page. */
export const CHUNK: number = 2 ** 30;

/** A file that is to be read, or undefined where there is none. Throws what else the file system says. */
export function openIfAny(path: string): number | undefined {
  try {
    return openSync(path, READ_ONLY);
  } catch (error) {
    return ifAbsent(error);
  }
}

/** As {@link openIfAny}, in the thread pool. */
export function openLater(path: string): Promise<FileHandle | undefined> {
  return open(path, READ_ONLY).catch(ifAbsent);
}

function ifAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}

/** Nothing to read is right for an empty file alone: a pipe without a writer has nothing either. */
export function checkIsFile(stats: Stats): Stats {
  if (stats.isFile()) return stats;
  throw Object.assign(new Error('It is not a file'), { code: 'EISDIR' });
}
