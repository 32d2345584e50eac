import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { node, ownEnvironment, project, write } from '../support/packed.ts';

const exec = promisify(execFile);

/** Runs the command as a user of the package does. */
async function npx(...args: readonly string[]): Promise<string> {
  const { stdout } = await exec('npx', ['--no-install', 'tempcache', ...args], { cwd: project, env: ownEnvironment() });
  return stdout;
}

describe('The command of the installed package', () => {
  it('is linked and can be run', async () => {
    const { version } = JSON.parse(
      await readFile(join(project, 'node_modules', 'tempcache', 'package.json'), 'utf8'),
    ) as { version: string };
    expect(await npx('--version')).toBe(`${version}\n`);
    const main = join(project, 'node_modules', 'tempcache', 'dist', 'cli.cjs');
    expect((await readFile(main, 'utf8')).startsWith('#!/usr/bin/env node\n')).toBe(true);
    expect(statSync(main).mode & 0o111).toBe(0o111);
  });

  it('looks after what a program has cached', async () => {
    const file = await write(
      'cached.mjs',
      `import { TempCache } from 'tempcache';
       const twice = new TempCache('command').wrap(function twice(n) { return 2 * n; }, { label: (n) => 'twice ' + n });
       twice(2); twice(2); twice(3);`,
    );
    await node(file);
    expect(await npx('ls')).toMatch(/^command +2 /m);
    expect(await npx('ls', 'command')).toMatch(/^[0-9a-f]{12} +twice +twice 3 /m);
    expect(await npx('stats', 'command')).toMatch(/^twice +3 +33% /m);
  });
});
