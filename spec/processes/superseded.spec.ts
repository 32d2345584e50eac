import { execFileSync } from 'node:child_process';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { CacheInspector } from '../../lib/inspector/inspector.ts';
import { built } from '../support/built.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const LONG_AGO = new Date('2020-01-01');

describe('A program that is edited', () => {
  const newFolder = useTempFolders();

  it('leaves entries that are superseded, but for those of its other closures', () => {
    const folder = newFolder();
    const [program, cache] = [join(folder, 'program.mjs'), join(folder, 'cache')];
    mkdirSync(cache, { mode: 0o700 });
    const run = (factor: number, offset: number, by: string): void => {
      const text = `
        import { TempCache } from ${JSON.stringify(pathToFileURL(built('lib/index.ts')).href)};
        const cache = new TempCache(${JSON.stringify(cache)}, { stats: false });
        const offset = ${offset};
        const scaleBy = (factor) => cache.wrap(function scale(n) { return n ${by} factor + offset; });
        scaleBy(Number(process.argv[2]))(5);
        cache.close();
      `;
      writeFileSync(program, text);
      utimesSync(program, LONG_AGO, LONG_AGO);
      execFileSync(process.execPath, [program, String(factor)]);
    };
    // Two closures of one version, an edit of a constant, an edit of the text.
    run(2, 0, '*');
    run(3, 0, '*');
    const clock = { now: Date.now() };
    using inspector = new CacheInspector(cache, { clock: () => clock.now });
    const superseded = () => inspector.functions().map((one) => [one.name, one.entries, one.superseded]);
    clock.now += 2 * 86_400_000;
    expect(superseded()).toEqual([['scale', 2, 0]]);
    run(3, 1, '*');
    expect(superseded()).toEqual([['scale', 3, 2]]);
    run(3, 1, '+');
    expect(superseded()).toEqual([['scale', 4, 3]]);
  });
});
