import { readdirSync } from 'node:fs';
import { isItemId } from '../../lib/common/ids.ts';

/** The names of the files of entries in a folder, without what the cache notes for itself. */
export function entryFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name) && isItemId(name));
}
