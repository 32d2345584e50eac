import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';

import { type Call, type Command, type ExitCode, inFlags, misused, textOf } from '../command.ts';
import type { Context } from '../context.ts';
import { visible } from '../terminal/text.ts';
import { showNumberOf, showSize } from '../terminal/units.ts';
import { codeOf, rootOf, sumOf, survey } from './select.ts';

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
    const found = survey(context, names[0], ({ name: cache, inspector }) =>
      context.progress(`clearing ${cache}`, (onProgress) => ({
        removed: inFlags(() => inspector.clear(filter, onProgress)),
      })),
    );
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

/**
 * Asks the user on the terminal; every answer but a yes is a no.
 *
 * @throws Complaint where there is no terminal
 */
export async function ask({ streams }: Context, question: string): Promise<boolean> {
  const { stdin, stderr } = streams;
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw misused(`${question} There is no terminal to ask on: add --yes if that is meant`);
  }
  const lines = createInterface({ input: stdin, output: stderr as unknown as Writable });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.question(`${visible(question)} [y/N] `, resolve);
      // Ctrl-C and Ctrl-D end the question without an answer.
      lines.once('close', () => resolve(''));
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
