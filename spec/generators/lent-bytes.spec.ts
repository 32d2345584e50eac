import { describe, expect, it } from '@jest/globals';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { makeTrace } from '../support/trace.ts';

const folder = useTempFolders();

describe('Bytes that a store lends until its next call', () => {
  it('are taken by each of many asynchronous generators that are replayed at once', async () => {
    const trace = makeTrace();
    const cache = new TempCache('lent', { store: fileStore({ path: `${folder()}/cache` }), onEvent: trace.onEvent });
    const texts = cache.wrap(
      async function* texts(seed: number): AsyncGenerator<string> {
        for (let n = 0; n < 40; n++) yield `${seed}-${n}-`.repeat(800);
      },
      { name: 'texts' },
    );
    const seeds = [1, 2, 3, 4];
    const collect = async (seed: number): Promise<string[]> => {
      const collected: string[] = [];
      for await (const text of texts(seed)) collected.push(text);
      return collected;
    };
    const first = await Promise.all(seeds.map(collect));
    trace.take();
    const again = await Promise.all(seeds.map(collect));
    expect(again).toEqual(first);
    expect(trace.take()).toEqual(['hit', 'hit', 'hit', 'hit']);
    cache.close();
  });
});
