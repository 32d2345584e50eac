import { isItemId } from '../common/ids.ts';
import { invalidArgument } from '../common/errors.ts';
import { readName } from '../maintenance/clear.ts';
import { checkOptions } from '../options/parse.ts';
import { lookAt, type EntryInfo } from './entry-info.ts';
import type { Source } from './source.ts';

/** Which entries are meant. */
export interface EntryFilter {
  /** Those of the functions of this name; an empty text for items that no function made. */
  readonly name?: string;
}

/** How many ids `find` gives at most. */
const MOST_FOUND = 20;

/** What the entries say about themselves, as the iteration comes to them. */
export function listEntries(source: Source, filter: EntryFilter): Iterable<EntryInfo> {
  checkOptions(filter, ['name'], 'entries()');
  return entriesNamed(source, readName(filter.name, 'entries()'));
}

function* entriesNamed(source: Source, name: string | undefined): Generator<EntryInfo, void> {
  for (const id of source.view.ids()) {
    if (!isItemId(id)) continue;
    const info = lookAt(source, id);
    if (info !== undefined && (name === undefined || info.name === name)) yield info;
  }
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for anything but 4 to 64 hex characters */
export function findIds({ view }: Source, prefix: string): string[] {
  if (typeof prefix !== 'string' || !/^[0-9a-f]{4,64}$/i.test(prefix)) {
    throw invalidArgument(`An id is found by its first 4 or more hex characters, not by ${JSON.stringify(prefix)}`);
  }
  const found: string[] = [];
  for (const id of view.ids(prefix.toLowerCase())) {
    if (isItemId(id)) found.push(id);
    if (found.length === MOST_FOUND) break;
  }
  return found.sort();
}
