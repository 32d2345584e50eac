import { describe, expect, it } from '@jest/globals';
import { TempCache } from '../../lib/temp-cache.ts';
import { ExactLru, sizeOf, zipf } from '../support/load.ts';
import { useScripts } from '../support/script-process.ts';
import { useMemoryFolders } from '../support/temp-folder.ts';

const start = useScripts();
const memoryFolder = useMemoryFolders();
const WRITERS = [0, 1, 2, 3];
const MB = 2 ** 20;
/** How many keys all of them load again and again. */
const HOT = 50;

/** What is there in the end. */
function sumsOf(path: string): { entries: number; bytes: number; has: (key: number) => boolean } {
  const sizes = new Map<string, number>();
  const cache = new TempCache(path, { stats: false });
  for (const item of cache.items()) sizes.set(item.id, item.info()?.bytes ?? 0);
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return { entries: sizes.size, bytes, has: (key) => sizes.has(cache.itemForKey(key).id) };
}

describe('Four processes that save entries of mixed size', () => {
  it.each([
    { limits: { maxBytes: '20MB' }, each: 5000, before: 0, least: 18 * MB, most: 21 * MB },
    { limits: { maxEntries: 1000 }, each: 1000, before: 0, least: 900, most: 1050 },
    { limits: { maxEntries: 1000 }, each: 1000, before: 2000, least: 900, most: 1050 },
  ])(
    'keep within $limits, and keep what they use, where $before were saved without limits before',
    async ({ limits, each, before, least, most }) => {
      const path = `${memoryFolder()}/cache`;
      const free = new TempCache(path, { stats: false });
      for (let key = 0; key < before; key++) free.itemForKey(`before ${key}`).save(key);
      const writers = WRITERS.map((n) =>
        start('limited-burst', [path, limits, { from: each * n, to: each * (n + 1), hot: HOT }]),
      );
      let lost = 0;
      for (const writer of writers) lost += (await writer.next()) as number;
      for (const { ended } of writers) expect(await ended).toMatchObject({ code: 0, errors: '' });
      const { entries, bytes, has } = sumsOf(path);
      expect('maxBytes' in limits ? bytes : entries).toBeGreaterThan(least);
      expect('maxBytes' in limits ? bytes : entries).toBeLessThanOrEqual(most);
      // Without regard to loads, each of them would be lost with every turn of the whole cache.
      expect(lost).toBeLessThan(1.8 * HOT);
      expect(Array.from({ length: HOT }, (_, key) => has(key))).not.toContain(false);
    },
    60_000,
  );
});

describe('Four processes that load and save by a Zipf law', () => {
  it('find as many entries as an exact cache would, within three of a hundred', async () => {
    const path = `${memoryFolder()}/cache`;
    const load = { keys: 20_000, draws: 8000 };
    const loads = WRITERS.map((seed) => start('limited-load', [path, { maxBytes: '10MB' }, { ...load, seed }]));
    let hits = 0;
    for (const { next } of loads) hits += (await next()) as number;
    expect(sumsOf(path).bytes).toBeLessThanOrEqual(11 * MB);
    const exact = exactHits(load, 10 * MB);
    expect(Math.abs(hits - exact) / exact).toBeLessThan(0.03);
  }, 60_000);
});

/** As if the processes took turns; a record is 150 bytes longer than its text. */
function exactHits({ keys, draws }: { keys: number; draws: number }, maxBytes: number): number {
  const cache = new ExactLru(maxBytes);
  const turns = WRITERS.map((seed) => zipf(keys, seed));
  let hits = 0;
  for (let n = 0; n < draws; n++) {
    for (const draw of turns) {
      const key = draw();
      if (cache.use(key, sizeOf(key) + 150)) hits++;
    }
  }
  return hits;
}
