import { CacheInspector } from '../../inspector/index.ts';
import { Complaint, misused } from '../complaint.ts';
import type { Context } from '../context.ts';
import { choose, type Chosen } from './select.ts';
import { visible } from '../terminal/text.ts';

/** One entry and the cache that it is in. */
export interface Found {
  readonly id: string;
  readonly chosen: Chosen;
}

/**
 * The entry whose id begins with a text, in one cache or in all below the root; undefined where there is none.
 *
 * @throws Complaint for a text that is no beginning of an id, or that of several
 */
export function findEntry(context: Context, prefix: string, cache: string | undefined): Found | undefined {
  if (!/^[0-9a-f]{4,64}$/i.test(prefix)) {
    throw misused(
      `"${visible(prefix)}" is no id: give the first 4 or more of its hex characters, as \`tempcache ls\` shows them`,
    );
  }
  const found: Found[] = [];
  for (const chosen of choose(context, cache)) {
    if (chosen.problem !== undefined) continue;
    // The iteration closes what it hands out.
    const { name, path } = chosen;
    for (const id of chosen.inspector.find(prefix))
      found.push({ id, chosen: { name, path, inspector: new CacheInspector(path) } });
  }
  if (found.length <= 1) return found[0];
  const ids = new Set(found.map(({ id }) => id));
  const places = found.map(({ id, chosen }) => `  ${id} in ${chosen.name}`).join('\n');
  const cure = ids.size > 1 ? 'give more of the id' : 'name the cache with --cache';
  throw new Complaint(`${found.length} entries begin with ${prefix}; ${cure}:\n${places}`, 2);
}

/** @throws Complaint */
export function findOne(context: Context, prefix: string, cache: string | undefined): Found {
  const found = findEntry(context, prefix, cache);
  if (found !== undefined) return found;
  const where = cache === undefined ? 'any cache' : `the cache "${cache}"`;
  throw new Complaint(`No entry of ${where} begins with ${prefix}; \`tempcache ls <name>\` lists the entries`);
}
