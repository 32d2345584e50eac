import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { isItemId, PRUNE_NOTE } from '../../lib/common/ids.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useScripts, type ScriptProcess } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();
const CALLS = 10_000;

interface Said {
  readonly computed: number;
}

async function computedIn(scripts: readonly ScriptProcess[]): Promise<number> {
  const said = (await Promise.all(scripts.map((script) => script.next()))) as Said[];
  return said.reduce((sum, { computed }) => sum + computed, 0);
}

describe('The counts of a cache', () => {
  it('add up over processes that end by returning, process.exit and an error', async () => {
    const path = `${tempFolder()}/cache`;
    const endings = ['return', 'exit', 'error'] as const;
    const scripts = endings.map((ending) => start('count-calls', [{ path, calls: CALLS, ending }]));
    const computed = await computedIn(scripts);
    const ends = await Promise.all(scripts.map(({ ended }) => ended));
    expect(ends.map(({ code }) => code)).toEqual([0, 3, 1]);
    const { hits, misses, coalesced, errors, stale, skipped, functions } = new TempCache(path).stats();
    expect(hits + misses + coalesced).toBe(3 * CALLS);
    expect({ misses, errors, stale, skipped }).toEqual({ misses: computed, errors: 0, stale: 0, skipped: 0 });
    expect(functions).toEqual([expect.objectContaining({ name: 'count', entries: 100, hits, misses, coalesced })]);
  });

  it('add up over threads that end by returning, process.exit and an error', async () => {
    const path = `${tempFolder()}/cache`;
    const script = start('count-calls', [{ path, calls: CALLS, ending: 'threads' }]);
    const computed = await computedIn([script, script, script]);
    expect(await script.ended).toMatchObject({ code: 0 });
    const { hits, misses, coalesced } = new TempCache(path).stats();
    expect([hits + misses + coalesced, misses]).toEqual([3 * CALLS, computed]);
  });

  it('are whole, and lack no more than the last seconds of a process that is killed', async () => {
    const path = `${tempFolder()}/cache`;
    const [good, killed] = ['return', 'wait'].map((ending) => start('count-calls', [{ path, calls: CALLS, ending }]));
    await (good as ScriptProcess).ended;
    await (killed as ScriptProcess).next();
    expect(await (killed as ScriptProcess).next()).toBeDefined();
    (killed as ScriptProcess).kill('SIGKILL');
    await (killed as ScriptProcess).ended;
    const { hits, misses, coalesced } = new TempCache(path).stats();
    expect([CALLS, 2 * CALLS]).toContain(hits + misses + coalesced);
  });

  it('leave nothing in the folder where they are switched off', async () => {
    const path = `${tempFolder()}/cache`;
    await start('count-calls', [{ path, calls: 200, ending: 'exit', stats: false }]).ended;
    const names = readdirSync(path);
    // One note says when what has expired was removed last.
    expect(names.filter((name) => !/^[0-9a-f]{64}$/.test(name) || !isItemId(name))).toEqual([PRUNE_NOTE]);
    expect(names).toHaveLength(101);
    expect(new TempCache(path).stats()).toMatchObject({ entries: 100, hits: 0, misses: 0 });
  });
});
