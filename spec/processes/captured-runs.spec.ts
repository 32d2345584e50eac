import { execFile } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { built } from '../support/built.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const LONG_AGO = new Date('2020-01-01');
const exec = promisify(execFile);

describe('A captured variable of a module', () => {
  const newFolder = useTempFolders();

  /** Writes a program, and gives what runs it: what it is warned of. */
  function programOf(text: string) {
    const folder = newFolder();
    const program = join(folder, 'program.mjs');
    const edit = (edited: string): void => {
      writeFileSync(
        program,
        `import { TempCache } from ${JSON.stringify(pathToFileURL(built('lib/index.ts')).href)};
        const cache = new TempCache(${JSON.stringify(join(folder, 'cache'))}, { stats: false });
        process.on('warning', ({ message }) => console.log(message));
        ${edited}`,
      );
      utimesSync(program, LONG_AGO, LONG_AGO);
    };
    edit(text);
    const run = async (...args: readonly string[]): Promise<string> =>
      (await exec(process.execPath, [program, ...args])).stdout;
    return { run, edit };
  }

  it('is warned of in the third process of one code in which it has another value', async () => {
    const text = `
      const startedAt = process.argv[2];
      const report = cache.wrap(function report(n) { return n + startedAt; });
      report(Number(process.argv[3] ?? 1));
    `;
    const { run, edit } = programOf(text);
    expect([await run('1'), await run('2')]).toEqual(['', '']);
    edit(`${text} // edited`);
    expect([await run('3'), await run('4')]).toEqual(['', '']);
    expect(await run('5')).toMatch(
      /^The function "report" is computed anew in each process: it captures "startedAt" \(\S+program\.mjs:\d+\), .* \{ captures: \{ ignore: \['startedAt'\] \} \}/,
    );
    // A value that comes again was no other one in each process.
    expect([await run('5', '2'), await run('6')]).toEqual(['', '']);
  });

  it('is not warned of where it is one of a closure', async () => {
    const { run } = programOf(`
      const reportOf = (user) => cache.wrap(function report(n) { return n + user; });
      reportOf(process.argv[2])(1);
    `);
    expect([await run('1'), await run('2'), await run('3'), await run('4')]).toEqual(['', '', '', '']);
  });
});
