import { describe, expect, it } from '@jest/globals';
import { Random } from '../support/key-random.ts';
import { useLimitedCaches } from '../support/limited-cache.ts';
import { storeKinds } from '../support/store-kinds.ts';

const KEYS = 'abcdefghijklmnop'.split('');

describe.each(storeKinds)('the order in which entries go over $name', (kind) => {
  const open = useLimitedCaches(kind);

  it.each([1, 2, 3])('is that of their last use, whatever is saved and loaded, seed %i', async (seed) => {
    const random = new Random(seed);
    const limit = 3 + random.below(6);
    const { save, load, keys, trace, cache } = open({ maxEntries: limit });
    const model = new Set<string>();
    const ids = new Map(KEYS.map((key) => [cache.itemForKey(key).id, key]));
    for (let n = 0; n < 300; n++) {
      const key = random.pick(KEYS);
      const gone = [...model].find(() => !model.has(key) && model.size === limit);
      if (model.has(key) && random.coin()) await load(key);
      else await save(key);
      model.delete(gone ?? key);
      model.delete(key);
      model.add(key);
      const evicted = trace.events.filter(({ type }) => type === 'evict').map(({ id }) => ids.get(id));
      if (gone !== undefined) expect(evicted.at(-1)).toBe(gone);
      expect(await keys()).toBe([...model].sort().join(''));
    }
  });
});
