import { describe, expect, it } from '@jest/globals';
import { nameOfChunk } from '../../lib/runs/chunks.ts';
import { isChunkId } from '../../lib/common/ids.ts';
import { decodeRecord } from '../../lib/records/frame.ts';
import type { Parts, Store } from '../../lib/stores/store.ts';
import { allOf, drain, generatorCases, MANY, take, useItems } from '../support/generators.ts';

const FOR_EVER = { expiresAt: Infinity };

/** The ids of the parts of runs, in the order of their items. */
async function chunksOf(store: Store): Promise<string[]> {
  const found: { id: string; index: number }[] = [];
  for await (const { id } of store.entries()) {
    if (!isChunkId(id)) continue;
    const { payload } = decodeRecord([bytesOf(await store.get(id))], id);
    found.push({ id, index: nameOfChunk(payload).index });
  }
  return found.sort((a, b) => a.index - b.index).map(({ id }) => id);
}

function bytesOf(parts: Parts | undefined): Buffer {
  return Buffer.concat(parts ?? []);
}

/** What may happen to the part of a run with the items from 1000 to 1999. */
const damages: readonly { name: string; harm: (store: Store, id: string, other: string) => unknown }[] = [
  { name: 'is gone', harm: (store, id) => store.delete(id) },
  {
    name: 'has a flipped bit',
    async harm(store, id) {
      const bytes = bytesOf(await store.get(id));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 4;
      await store.set(id, [bytes], FOR_EVER);
    },
  },
  {
    name: 'is cut off',
    harm: async (store, id) => store.set(id, [bytesOf(await store.get(id)).subarray(0, -9)], FOR_EVER),
  },
  {
    name: 'is another part',
    harm: async (store, id, other) => store.set(id, [bytesOf(await store.get(other))], FOR_EVER),
  },
];

describe.each(generatorCases)('A stored run of $name', (underTest) => {
  const setUp = useItems(underTest);

  it.each(damages)('of which a part $name is computed from there on, and stored again', async ({ harm }) => {
    const { items, trace, source, store } = setUp();
    await drain(items(MANY));
    const [first, second] = (await chunksOf(store)) as [string, string];
    await harm(store, second, first);
    trace.take();
    source.takeLog();
    expect(await drain(items(MANY))).toEqual(allOf(MANY));
    expect(trace.take().map((line) => line.replace(/^corrupt .*/, 'corrupt'))).toEqual([
      'hit',
      'corrupt',
      'miss corrupt',
      'save',
    ]);
    expect(source.takeLog()).toHaveLength(MANY + 3);
    expect(await drain(items(MANY))).toEqual(allOf(MANY));
    expect(trace.take()).toEqual(['hit']);
  });

  it('passes no item on twice, and none before the next is asked for', async () => {
    const { items, source, store } = setUp();
    await drain(items(MANY));
    for (const id of await chunksOf(store)) await store.delete(id);
    source.takeLog();
    const generator = items(MANY);
    expect(await take(generator, 1)).toEqual([{ n: 0 }]);
    expect(source.takeLog()).toEqual(['begin', '0']);
    expect(await take(generator, 1500)).toEqual(allOf(MANY).slice(1, 1501));
    expect(await generator.return('enough')).toEqual({ done: true, value: 'enough' });
    expect(source.takeLog().at(-1)).toBe('close');
  });

  it('is computed where the store fails in the middle', async () => {
    const { items, trace, ...broken } = setUp();
    await drain(items(MANY));
    trace.take();
    const generator = items(MANY);
    await take(generator, 500);
    broken.break('get', { error: new Error('gone') });
    expect(await drain(generator)).toEqual(allOf(MANY).slice(500));
    expect(trace.take()).toEqual(['hit', 'readFailed Error: gone', 'miss absent', 'save']);
  });

  it('passes on what the generator throws when it is computed anew', async () => {
    const { items, source, store } = setUp();
    await drain(items(MANY));
    for (const id of await chunksOf(store)) await store.delete(id);
    const generator = items(MANY);
    source.failAt = 0;
    await expect(Promise.resolve().then(() => generator.next())).rejects.toThrow('no item 0');
    expect(await generator.next()).toEqual({ done: true, value: undefined });
  });
});
