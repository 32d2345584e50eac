import { CacheInspector } from '../../inspector/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { visible } from '../terminal/text.ts';
import { pathOf, rootOf } from './select.ts';

/** `tempcache path`: prints where a cache lies. */
export const path: Command = {
  name: 'path',
  summary: 'print the folder of a cache, or the root of all',
  argument: ['[name]', 'a cache; the root without it'],
  details: 'The folder need not be there. The root is $TEMPCACHE_DIR, or a private folder of yours in the temp folder.',
  examples: [['cd "$(tempcache path demo)"', 'goes into the folder of the cache "demo"']],
  async run({ context, names }: Call): Promise<ExitCode> {
    const [name] = names;
    const folder = name === undefined ? rootOf(context) : pathOf(context, name);
    const isTerminal = context.streams.stdout.isTTY === true;
    if (context.isJson) {
      await context.json({ name: name ?? null, path: folder, exists: new CacheInspector(folder).exists() });
    } else await context.out.line(isTerminal ? visible(folder) : folder);
    return 0;
  },
};
