import { type Call, type Command, type ExitCode, textOf } from '../command.ts';
import { findEntry, type Found } from './select.ts';
import { showNumberOf } from '../terminal/units.ts';

/** `tempcache rm`: removes single entries. */
export const rm: Command = {
  name: 'rm',
  summary: 'remove entries by their ids',
  argument: ['<id...>', 'ids of entries; their beginnings are enough'],
  options: [['-c, --cache <name>', 'the cache to look in (default: all below the root)']],
  details:
    'Nothing is removed when one of the ids could be that of several entries. An id that is not there makes the exit code 1.',
  examples: [
    ['tempcache rm 3f9a 77c0', 'removes two entries'],
    [
      'tempcache ls demo --json | jq -r ".entries[] | select(.expired).id" | xargs tempcache rm -c demo',
      'removes what has expired',
    ],
  ],
  async run({ context, names, options }: Call): Promise<ExitCode> {
    const cache = textOf(options, 'cache');
    const removed: { id: string; cache: string }[] = [];
    const missing: string[] = [];
    // All are looked up first: an id that could be several is found before anything goes.
    const all = names.map((prefix) => ({ prefix, found: findEntry(context, prefix, cache) }));
    for (const { prefix, found } of all) {
      if (remove(found)) removed.push({ id: found.id, cache: found.chosen.name });
      else missing.push(prefix);
    }
    if (context.isJson) await context.json({ removed, missing });
    else if (removed.length > 0) await context.out.line(`Removed ${showNumberOf(removed.length, 'entry', 'entries')}.`);
    for (const prefix of missing) context.remark(`tempcache: no entry begins with ${prefix}`);
    return missing.length > 0 ? 1 : 0;
  },
};

function remove(found: Found | undefined): found is Found {
  return found?.chosen.inspector.remove(found.id) === true;
}
