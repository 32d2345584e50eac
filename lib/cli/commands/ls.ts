import type { Call, Command } from '../command.ts';
import type { ExitCode } from '../complaint.ts';
import { listCachesOf } from './ls-caches.ts';
import { listEntriesOf } from './ls-entries.ts';

/** `tempcache ls`: the caches, or the entries of one. */
export const ls: Command = {
  name: 'ls',
  summary: 'list the caches, or the entries of one',
  argument: ['[name]', 'a cache: its name below the root, or a path (./here, ~/there, /anywhere)'],
  options: [
    [
      '-s, --sort <key>',
      'caches: used, name, entries, size, saved, hits; entries: used, created, expires, name, size, cost',
    ],
    ['-r, --reverse', 'the other way round'],
    ['-n, --limit <rows>', 'how many rows at most, or "all" (default: 50 rows; all with --json)'],
    ['-f, --function <name>', 'only the entries of functions of this name'],
  ],
  details: `Numbers and times come biggest and latest first, names from A to Z. "cost" is the time that the computation took.

All entries without --sort are listed as the folder has them: that needs no memory however many there are.`,
  examples: [
    ['tempcache ls', 'all caches, the last used one first'],
    ['tempcache ls demo --sort size -n 10', 'the ten biggest entries of the cache "demo"'],
    ['tempcache ls demo --json | jq -r ".entries[].id"', 'the ids of all entries'],
  ],
  async run(call: Call): Promise<ExitCode> {
    const [name] = call.names;
    return name === undefined ? listCachesOf(call) : listEntriesOf(call, name);
  },
};
