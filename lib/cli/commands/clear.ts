import { ask } from '../terminal/ask.ts';
import type { Call, Command } from '../command.ts';
import { inFlags, type ExitCode } from '../complaint.ts';
import { textOf } from '../given.ts';
import { rootOf } from './select.ts';
import { codeOf, survey, sumOf } from './survey.ts';
import { showNumberOf, showSize } from '../terminal/units.ts';

/** `tempcache clear`: removes all entries, or some. */
export const clear: Command = {
  name: 'clear',
  summary: 'remove the entries of a cache, or of all caches',
  argument: ['[name]', 'a cache; all caches without it'],
  options: [
    ['-f, --function <name>', 'only the entries of functions of this name'],
    ['-u, --unused <duration>', 'only what was not used for that long: 36h, 7d'],
    ['-y, --yes', 'do not ask'],
  ],
  details: `Asks before it removes everything. Where there is no terminal to ask on it refuses, unless --yes is given.
With --function or --unused it does not ask.`,
  examples: [
    ['tempcache clear demo', 'empties the cache "demo"'],
    ['tempcache clear demo --function loadUser', 'removes the entries of one function'],
    ['tempcache clear --unused 30d --yes', 'removes from all caches what was not used for a month'],
  ],
  async run(call: Call): Promise<ExitCode> {
    const { context, names, options } = call;
    const name = textOf(options, 'function');
    const unusedFor = textOf(options, 'unused');
    const filter = { ...(name !== undefined && { name }), ...(unusedFor !== undefined && { unusedFor }) };
    if (Object.keys(filter).length === 0 && options['yes'] !== true && !(await mayClear(call))) {
      context.remark('Nothing was removed.');
      return 0;
    }
    const found = survey(context, names[0], (chosen) => {
      const progress = context.progress(`clearing ${chosen.name}`);
      try {
        return { removed: inFlags(() => chosen.inspector.clear(filter, progress.at)) };
      } finally {
        progress.end();
      }
    });
    const removed = sumOf(found.caches, (cache) => cache.removed);
    if (context.isJson) await context.json({ removed, ...found });
    else await context.out.line(`Removed ${showNumberOf(removed, 'entry', 'entries')}.`);
    return codeOf(found);
  },
};

/** Says what would go, and asks. Nothing to remove needs no answer. */
async function mayClear({ context, names }: Call): Promise<boolean> {
  const [name] = names;
  const { caches } = survey(context, name, ({ inspector }) => inspector.summary());
  const entries = sumOf(caches, (cache) => cache.entries);
  if (entries === 0) return true;
  const size = showSize(sumOf(caches, ({ bytes }) => bytes));
  const where =
    name === undefined ? `all ${showNumberOf(caches.length, 'cache')} below ${rootOf(context)}` : `the cache "${name}"`;
  return ask(context, `Remove ${showNumberOf(entries, 'entry', 'entries')} (${size}) of ${where}?`);
}
