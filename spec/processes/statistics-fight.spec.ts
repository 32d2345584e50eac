import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { TempCache } from '../../lib/temp-cache.ts';
import { useScripts, type ScriptProcess } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();
const CALLS = 3000;

/** Something that goes on, and whether it still does. */
function watch(ended: Promise<unknown>): { isOver: boolean; readonly ended: Promise<unknown> } {
  const work = { isOver: false, ended };
  void ended.finally(() => (work.isOver = true)).catch(() => undefined);
  return work;
}

describe('Counts that several processes write and merge at the same time', () => {
  async function begin() {
    const path = `${tempFolder()}/cache`;
    const cache = new TempCache(path);
    cache.wrap((n: number) => n, { name: 'same' })(0);
    cache.close();
    const scripts = [false, true, true, false].map((merges) => start('count-on', [path, merges]));
    const hear = async (): Promise<unknown[]> => Promise.all(scripts.map((script) => script.next()));
    const tell = (value: unknown): void => scripts.forEach((script) => script.tell(value));
    await hear();
    return { path, scripts, hear, tell };
  }

  async function end(scripts: readonly ScriptProcess[], tell: (value: unknown) => void): Promise<void> {
    tell('end');
    const ends = await Promise.all(scripts.map(({ ended }) => ended));
    expect(ends.map(({ code, errors }) => ({ code, errors }))).toEqual(scripts.map(() => ({ code: 0, errors: '' })));
  }

  it('are seen to grow by whoever reads meanwhile, and add up exactly', async () => {
    const { path, scripts, hear, tell } = await begin();
    const cache = new TempCache(path);
    tell(CALLS);
    const work = watch(hear());
    let looks = 0;
    for (let seen = 0; !work.isOver; looks++) {
      const { hits, misses } = cache.stats();
      expect(hits + misses).toBeGreaterThanOrEqual(seen);
      seen = hits + misses;
      await setImmediate();
    }
    await work.ended;
    await end(scripts, tell);
    const { hits, misses } = cache.stats();
    expect([hits + misses, looks > 10]).toEqual([scripts.length * CALLS + 1, true]);
  });

  it('are forgotten by a reset, whoever was about to write, and add up exactly from then on', async () => {
    const { path, scripts, hear, tell } = await begin();
    const cache = new TempCache(path);
    tell(CALLS);
    const work = watch(hear());
    while (!work.isOver) {
      cache.resetStats();
      await setImmediate();
    }
    await work.ended;
    cache.resetStats();
    expect(cache.stats()).toMatchObject({ hits: 0, misses: 0 });
    tell(CALLS);
    await hear();
    await end(scripts, tell);
    expect(cache.stats()).toMatchObject({ hits: scripts.length * CALLS, misses: 0 });
  });
});
