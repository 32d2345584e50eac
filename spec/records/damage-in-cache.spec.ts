import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CacheItem } from '../../lib/cache-item.ts';
import { CorruptItemError } from '../../lib/common/errors.ts';
import type { Store } from '../../lib/stores/store.ts';
import { randomBytes, randomNumbers } from '../support/records.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../support/store-kinds.ts';
import { failureOf, joined, NEVER } from '../support/store-suite/use-store.ts';

const VALUE = { answer: 42, list: ['a', 'b'] };

describe.each(storeKinds)('Over $name, a damaged record', (kind) => {
  const makeCache = useCaches(kind);
  let current: CacheUnderTest;
  let item: CacheItem<Store>;
  let whole: Buffer;
  let calls: number;

  function compute(): typeof VALUE {
    calls++;
    return VALUE;
  }
  const put = async (record: Uint8Array): Promise<void> => current.store.set(item.id, [record], NEVER);
  const bytesNow = async (): Promise<Buffer | undefined> => joined(await current.store.get(item.id));

  beforeEach(async () => {
    current = makeCache();
    item = current.cache.itemForCall(compute);
    calls = 0;
    await current.cache.cacheResult(compute);
    whole = (await bytesNow()) as Buffer;
    current.trace.take();
  });

  /** The wrapped call computes, reports and replaces; `load()` throws. */
  async function expectRefused(record: Uint8Array): Promise<void> {
    await put(record);
    expect(await failureOf(() => item.load())).toBeInstanceOf(CorruptItemError);
    expect(await item.exists()).toBe(false);
    current.trace.take();
    calls = 0;
    expect(await current.cache.cacheResult(compute)).toStrictEqual(VALUE);
    expect(calls).toBe(1);
    expect(current.trace.take()).toEqual(['corrupt ERR_TEMPCACHE_CORRUPT_ITEM', 'miss corrupt', 'save']);
    expect(await current.cache.cacheResult(compute)).toStrictEqual(VALUE);
    expect([calls, current.trace.take()]).toEqual([1, ['hit']]);
  }

  it('with a byte flipped is computed again and replaced', async () => {
    for (let at = 0; at < whole.length; at += 11) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] as number) ^ 0xff;
      await expectRefused(flipped);
    }
  });

  it('cut at any length is computed again and replaced', async () => {
    for (const length of [0, 1, 3, 135, 136, 150, whole.length - 1]) await expectRefused(whole.subarray(0, length));
  });

  it('with bytes appended is computed again and replaced', async () => {
    await expectRefused(Buffer.concat([whole, Buffer.of(0)]));
    await expectRefused(Buffer.concat([whole, whole]));
    await expectRefused(Buffer.concat([whole, Buffer.alloc(70_000)]));
  });

  it('of nothing but random bytes is computed again and replaced', async () => {
    const random = randomNumbers(4);
    for (let n = 0; n < 20; n++) await expectRefused(randomBytes(Math.floor(random() * 500), random));
  });

  it('of another item is computed again and replaced', async () => {
    const other = current.cache.itemForKey('other');
    await other.save('the value of another item');
    current.trace.take();
    await expectRefused(joined(await current.store.get(other.id)) as Buffer);
  });

  it('that is large is computed again and replaced', async () => {
    const large = current.cache.itemForKey('large');
    const value = Buffer.alloc(300_000, 'large');
    for (const at of [2, 130, 4095, 4096, 100_000, 303_000]) {
      await large.save(value);
      const record = joined(await current.store.get(large.id)) as Buffer;
      record[at] = (record[at] as number) ^ 1;
      await current.store.set(large.id, [record], NEVER);
      current.trace.take();
      expect(await large.loadOrSave(() => value)).toStrictEqual(value);
      expect(current.trace.take()).toEqual(['corrupt ERR_TEMPCACHE_CORRUPT_ITEM', 'miss corrupt', 'save']);
      expect(await large.load()).toStrictEqual(value);
    }
  });
});
