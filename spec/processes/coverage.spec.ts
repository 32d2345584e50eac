import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { built } from '../support/built.ts';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

interface Coverage {
  readonly result: readonly { readonly url: string; readonly functions: readonly object[] }[];
}

describe('A process whose coverage is collected', () => {
  const start = useScripts();
  const newFolder = useTempFolders();

  /** What Node writes for c8: how often each function and block of the script was run. */
  async function coverageWith(captures: 'auto' | 'off'): Promise<{ said: unknown; counts: readonly object[] }> {
    const folder = join(newFolder(), 'coverage');
    const script = start('covered', [captures], { env: { NODE_V8_COVERAGE: folder } });
    const said = await script.next();
    expect(await script.ended).toMatchObject({ code: 0, errors: '' });
    const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage);
    const own = reports.flatMap(({ result }) => result).filter(({ url }) => url.endsWith('/covered.js'));
    return { said, counts: own.flatMap(({ functions }) => functions) };
  }

  it('counts the same with captures and without', async () => {
    const [seen, blind] = [await coverageWith('auto'), await coverageWith('off')];
    expect(seen.counts.length).toBeGreaterThan(3);
    expect(seen.counts).toEqual(blind.counts);
  });

  it('has the totals of c8 with captures and without', () => {
    const totalsWith = (captures: 'auto' | 'off'): unknown => {
      const folder = newFolder();
      mkdirSync(folder, { recursive: true });
      const index = JSON.stringify(pathToFileURL(built('lib/index.ts')).href);
      const program = [
        `import { TempCache } from ${index};`,
        `import { often, never } from './helpers.mjs';`,
        `const cache = new TempCache(${JSON.stringify(join(folder, 'cache'))}, { captures: '${captures}' });`,
        'const total = cache.wrap(function total(n) { return n < 0 ? never(n) : often(n) + often(2 * n); });',
        'for (const n of [1, 1, 30]) total(n);',
      ];
      const helpers = [
        'export const often = (n) => n > 50 ? n * 2 : n;',
        'export function never(n) {',
        'return n - 1;',
        '}',
      ];
      writeFileSync(join(folder, 'program.mjs'), program.join('\n'));
      writeFileSync(join(folder, 'helpers.mjs'), helpers.join('\n'));
      const c8 = join(import.meta.dirname, '../../node_modules/c8/bin/c8.js');
      const args = ['--reporter=json-summary', '--allowExternal=false', process.execPath, 'program.mjs'];
      execFileSync(process.execPath, [c8, ...args], { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } });
      const summary = readFileSync(join(folder, 'coverage/coverage-summary.json'), 'utf8').replaceAll(folder, '');
      return JSON.parse(summary);
    };
    const seen = totalsWith('auto');
    expect(seen).toEqual(totalsWith('off'));
    expect(seen).toMatchObject({ '/helpers.mjs': { functions: { total: 2, covered: 1 } } });
  });

  it('gives functions the identity that they have without coverage', async () => {
    const plain = await start('covered', ['auto'], { env: { NODE_V8_COVERAGE: '' } }).next();
    expect((await coverageWith('auto')).said).toEqual(plain);
  });
});
