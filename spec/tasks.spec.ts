import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { root } from './support/documents.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
/** `build` is run by others, once everything is installed. */
const tasks = Object.values(scripts).flatMap((script) => /^node (?!.*build)(\S+\.mjs)$/.exec(script)?.[1] ?? []);

describe('the tasks', () => {
  it('are found', () => {
    expect(tasks).toContain('extras/tasks/test.mjs');
    expect(tasks).toContain('extras/tasks/demo.mjs');
  });

  it.each(tasks)('begin on a fresh checkout, where nothing is installed: %s', (task) => {
    expect(packagesOf(join(root, task))).toEqual([]);
  });
});

/** The packages that a module imports before its first line runs, each with the file that does. */
function packagesOf(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imported = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?:[^;']*from )?'([^']+)';$/gm)].map(
    ([, name]) => name!,
  );
  return imported.flatMap((name) => {
    if (name.startsWith('.')) return packagesOf(join(dirname(file), name), seen);
    return name.startsWith('node:') ? [] : [`${name} in ${relative(root, file)}`];
  });
}
