import { constants } from 'node:fs';
import type { Stats } from 'node:fs';

/**
 * A symbolic link in the place of a record is not followed, and a pipe in its place does not block. Windows knows neither
 * flag.
 */
export const READ_ONLY: number = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The most that one call reads: the system's own limit is 2 GiB less a page. */
export const CHUNK: number = 2 ** 30;

/** Nothing to read is right for an empty file alone: a pipe without a writer has nothing either. */
export function checkIsFile(stats: Stats): Stats {
  if (stats.isFile()) return stats;
  throw Object.assign(new Error('It is not a file'), { code: 'EISDIR' });
}
