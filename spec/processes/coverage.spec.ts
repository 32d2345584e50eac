import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

  it('gives functions the identity that they have without coverage', async () => {
    const plain = await start('covered', ['auto'], { env: { NODE_V8_COVERAGE: '' } }).next();
    expect((await coverageWith('auto')).said).toEqual(plain);
  });
});
