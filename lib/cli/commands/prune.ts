import type { OnProgress, PruneReport } from '../../inspector/index.ts';
import { type Call, type Command, countOf, type ExitCode, inFlags, textOf } from '../command.ts';
import { codeOf, survey, sumOf } from './select.ts';
import { showNumberOf, showSize } from '../terminal/units.ts';

/** What goes, in the order in which it is told, and in words. */
const KINDS = [
  ['expired', 'expired'],
  ['unused', 'not used for long'],
  ['superseded', 'of code that was edited since'],
  ['evicted', 'over the limit'],
  ['corrupt', 'damaged'],
  ['leftovers', 'left by dead writers'],
] as const;

/** `tempcache prune`: removes records that are of no use any more. */
export const prune: Command = {
  name: 'prune',
  summary: 'remove expired and damaged entries, leftovers, and what is old, unused or too much',
  argument: ['[name]', 'a cache; all caches without it'],
  options: [
    ['--older <duration>', 'also what was saved longer ago than that: 36h, 7d'],
    ['--unused <duration>', 'also what was not used for that long'],
    ['--superseded', 'also entries of code that was edited since, unless they were used within a day'],
    ['--keep-versions <count>', 'also those of all but so many versions of a function, however lately they were used'],
    ['--max-size <size>', 'also the least recently used, until a cache takes no more than that: 500MB'],
    ['--max-entries <count>', 'also the least recently used, until a cache has no more than that'],
    ['--dry-run', 'only say what would go'],
  ],
  details: 'Without options it removes what has expired for the program that saved it, what is damaged, and leftovers.',
  examples: [
    ['tempcache prune', 'tidies all caches up'],
    ['tempcache prune demo --unused 2d --max-size 500MB', 'keeps the cache "demo" small'],
    ['tempcache prune --older 7d --dry-run', 'what would go'],
  ],
  async run({ context, names, options }: Call): Promise<ExitCode> {
    const isTrial = options['dryRun'] === true;
    const limits = limitsOf(options);
    const found = survey(context, names[0], ({ name, inspector }) => {
      const pruneOne = (onProgress: OnProgress): PruneReport =>
        inspector.prune({ ...limits, dryRun: isTrial, onProgress });
      return context.progress(`pruning ${name}`, (onProgress) => inFlags(() => pruneOne(onProgress)));
    });
    const sums = {
      ...Object.fromEntries(KINDS.map(([kind]) => [kind, sumOf(found.caches, (cache) => cache[kind])])),
      unreadable: sumOf(found.caches, ({ unreadable }) => unreadable),
      bytes: sumOf(found.caches, ({ bytes }) => bytes),
    } as Record<(typeof KINDS)[number][0] | 'unreadable' | 'bytes', number>;
    if (context.isJson) await context.json({ dryRun: isTrial, ...sums, ...found });
    else await context.out.line(sentenceOf(sums, isTrial));
    if (sums.unreadable > 0)
      context.remark(`tempcache: ${showNumberOf(sums.unreadable, 'record')} could not be read, and stayed`);
    return sums.unreadable > 0 ? 1 : codeOf(found);
  },
};

function limitsOf(options: Call['options']): {
  olderThan?: string;
  unusedFor?: string;
  maxBytes?: string;
  maxEntries?: number;
  superseded?: boolean;
  keepVersions?: number;
} {
  const olderThan = textOf(options, 'older');
  const unusedFor = textOf(options, 'unused');
  const maxBytes = textOf(options, 'maxSize');
  const maxEntries = countOf(options, 'maxEntries', '--max-entries');
  const keepVersions = countOf(options, 'keepVersions', '--keep-versions');
  return {
    ...(olderThan !== undefined && { olderThan }),
    ...(unusedFor !== undefined && { unusedFor }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(maxEntries !== undefined && { maxEntries }),
    ...(options['superseded'] === true && { superseded: true }),
    ...(keepVersions !== undefined && { keepVersions }),
  };
}

function sentenceOf(sums: Readonly<Record<string, number>>, isTrial: boolean): string {
  const files = KINDS.reduce((sum, [kind]) => sum + (sums[kind] ?? 0), 0);
  const parts = KINDS.filter(([kind]) => (sums[kind] ?? 0) > 0).map(([kind, words]) => `${sums[kind]} ${words}`);
  const reasons = parts.length > 0 ? `: ${parts.join(', ')}` : '';
  const verb = isTrial ? 'Would remove' : 'Removed';
  return `${verb} ${showNumberOf(files, 'file')} (${showSize(sums['bytes'] ?? 0)})${reasons}.`;
}
