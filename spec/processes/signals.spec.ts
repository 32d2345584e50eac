import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TempCache } from '../../lib/temp-cache.ts';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();
const LIB = join(import.meta.dirname, '../../lib');

describe('A signal', () => {
  it.each([
    ['SIGTERM', 'wait'],
    ['SIGTERM', 'busy'],
    ['SIGINT', 'wait'],
    ['SIGINT', 'busy'],
    ['SIGHUP', 'wait'],
  ] as const)('%s ends a process with a cache at once, for which no listener is added: %s', async (signal, ending) => {
    const path = `${tempFolder()}/cache`;
    const script = start('count-calls', [{ path, calls: 500, ending }]);
    await script.next();
    const listeners = (await script.next()) as Record<string, number>;
    expect(Object.entries(listeners).filter(([, count]) => count > 0)).toEqual([]);
    script.kill(signal);
    expect(await script.ended).toMatchObject({ code: null, signal });
    const { hits, misses, entries } = new TempCache(path).stats();
    // What was counted in the last five seconds may be lost, and no value is.
    expect([[0, 500].includes(hits + misses), entries]).toEqual([true, 100]);
  });

  it('is not named anywhere in lib', () => {
    const sources = readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(100);
    const named = sources.filter((name) => /\bSIG[A-Z]{3,4}\b/.test(readFileSync(join(LIB, name), 'utf8')));
    expect(named).toEqual([]);
  });
});
