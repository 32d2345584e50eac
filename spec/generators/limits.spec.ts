import { describe, expect, it } from '@jest/globals';
import { useLimitedCaches } from '../support/limited-cache.ts';
import { storeKinds } from '../support/store-kinds.ts';

/** About 1,000 bytes. */
const LINE = 'x'.repeat(1000);

async function collect(items: Iterable<unknown> | AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const item of items) count += item === LINE ? 1 : 0;
  return count;
}

describe.each(storeKinds)('generators and limits over $name', (kind) => {
  const open = useLimitedCaches(kind);

  it.each([{ maxEntryBytes: 150_000 }, { maxBytes: 150_000 }])(
    'stop recording a run that is too long, and remove what was written, with %j',
    async (limits) => {
      const { cache, trace, chunks, bytes } = open(limits);
      const lines = cache.wrap(function* lines(count: number) {
        for (let n = 0; n < count; n++) yield LINE;
      });
      const run = lines(400);
      let passed = 0;
      let most = 0;
      for await (const line of run) {
        expect(line).toBe(LINE);
        passed++;
        most = Math.max(most, await chunks());
      }
      expect([passed, most, await chunks(), await bytes()]).toEqual([400, 2, 0, 0]);
      expect(trace.take()).toEqual(['miss absent', 'skip maxEntryBytes']);
      expect(await collect(lines(100))).toBe(100);
      expect(await collect(lines(100))).toBe(100);
      expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
    },
  );

  it('do not record a run whose end or single item is too large', async () => {
    const { cache, trace, bytes } = open({ maxEntryBytes: 20_000 });
    const one = cache.wrap(function* one() {
      yield LINE.repeat(30);
    });
    const end = cache.wrap(function* end(): Generator<string, string> {
      yield LINE;
      return LINE.repeat(30);
    });
    expect(await collect(one())).toBe(0);
    expect(await collect(end())).toBe(1);
    expect(trace.take()).toEqual(['miss absent', 'skip maxEntryBytes', 'miss absent', 'skip maxEntryBytes']);
    expect(await bytes()).toBe(0);
  });

  it('count the chunks of a run in bytes, not in entries, and let them go with it', async () => {
    const { cache, save, keys, chunks, bytes } = open({ maxBytes: 300_000, maxEntries: 4 });
    const lines = cache.wrap(function* lines(count: number) {
      for (let n = 0; n < count; n++) yield LINE;
    });
    expect(await collect(lines(200))).toBe(200);
    expect(await chunks()).toBe(4);
    for (const key of 'abc') await save(key);
    expect([await keys(), await chunks()]).toEqual(['abc', 4]);
    await save('d', 120_000);
    expect([await keys(), await chunks()]).toEqual(['abcd', 0]);
    expect(await bytes()).toBeLessThan(130_000);
    for (const key of 'efg') await save(key, 40_000);
    expect(await keys()).toBe('defg');
  });

  it('let other entries go for a run while it is recorded', async () => {
    const { cache, save, keys } = open({ maxBytes: 200_000 });
    for (const key of 'abc') await save(key, 40_000);
    const lines = cache.wrap(function* lines(count: number) {
      for (let n = 0; n < count; n++) yield LINE;
    });
    expect(await collect(lines(130))).toBe(130);
    expect(await keys()).toBe('c');
    expect(await collect(lines(130))).toBe(130);
  });

  it('have room again when a run is given up, or replaced', async () => {
    const { cache, save, keys } = open({ maxBytes: 300_000 });
    for (const key of 'abc') await save(key);
    const lines = cache.wrap(function* lines(count: number) {
      for (let n = 0; n < count; n++) yield LINE;
    });
    for (let round = 0; round < 5; round++) {
      let passed = 0;
      for await (const line of lines(200)) if (line === LINE && ++passed === 150) break;
    }
    expect(await keys()).toBe('abc');
  });
});
