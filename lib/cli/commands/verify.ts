import type { Call, Command, ExitCode } from '../command.ts';
import { codeOf, survey, sumOf } from './select.ts';
import type { Column } from '../terminal/table.ts';
import { withoutId } from '../terminal/text.ts';
import { showCount, showNumberOf, showSize } from '../terminal/units.ts';

interface Bad {
  readonly cache: string;
  readonly id: string;
  readonly problem: string;
  readonly bytes: number;
}

/** `tempcache verify`: reads and checks all records. */
export const verify: Command = {
  name: 'verify',
  summary: 'read every record, check its checksums, and report the damaged ones',
  argument: ['[name]', 'a cache; all caches without it'],
  options: [['--fix', 'remove the damaged ones']],
  details: `No value is decoded. The exit code is 1 when something damaged was found, and 0 when --fix removed all of it.
At most 1,000 damaged records of a cache are listed.`,
  examples: [
    ['tempcache verify', 'checks all caches'],
    ['tempcache verify demo --fix', 'checks the cache "demo" and removes what is damaged'],
  ],
  async run({ context, names, options }: Call): Promise<ExitCode> {
    const fix = options['fix'] === true;
    const found = survey(context, names[0], ({ name, inspector }) =>
      context.progress(`verifying ${name}`, (onProgress) => inspector.verify({ fix, onProgress })),
    );
    const checked = sumOf(found.caches, (cache) => cache.checked);
    const damaged = sumOf(found.caches, (cache) => cache.damaged);
    const removed = sumOf(found.caches, (cache) => cache.removed);
    if (context.isJson) await context.json({ fix, checked, damaged, removed, ...found });
    else {
      const rows = found.caches.flatMap(({ name, bad }) => bad.map((one) => ({ cache: name, ...one })));
      if (rows.length > 0) await context.table(COLUMNS, rows);
      const end = fix ? `; ${showCount(removed)} removed` : damaged > 0 ? '; --fix removes them' : '';
      await context.out.line(`${showNumberOf(checked, 'record')} checked, ${showCount(damaged)} damaged${end}.`);
    }
    return damaged > removed ? 1 : codeOf(found);
  },
};

const COLUMNS: readonly Column<Bad>[] = [
  { title: 'CACHE', text: ({ cache }) => cache, min: 6, drop: 2, colour: 'cyan' },
  { title: 'ID', text: ({ id }) => id.slice(0, 12), colour: 'yellow' },
  { title: 'SIZE', text: ({ bytes }) => showSize(bytes), align: 'right', drop: 1 },
  { title: 'PROBLEM', text: ({ problem, id }) => withoutId(problem, id), min: 10, colour: 'red' },
];
