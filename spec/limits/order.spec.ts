import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { useClock } from '../support/clock.ts';
import { Random } from '../support/key-random.ts';
import { useLimitedCaches } from '../support/limited-cache.ts';
import { storeKinds } from '../support/store-kinds.ts';

const KEYS = 'abcdefghijklmnop'.split('');

describe.each(storeKinds)('the order in which entries go over $name', (kind) => {
  const clock = useClock();
  const open = useLimitedCaches(kind);

  /** The prune behind saves stays out: it would be a second one that evicts, at a time of its own. */
  beforeEach(() => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    timers.mockReturnValue({ unref: () => undefined } as never);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([1, 2, 3])('is that of their last use, whatever is saved and loaded, seed %i', async (seed) => {
    const random = new Random(seed);
    const limit = 3 + random.below(6);
    const { save, load, keys, trace, cache } = open({ maxEntries: limit });
    const model = new Set<string>();
    const ids = new Map(KEYS.map((key) => [cache.itemForKey(key).id, key]));
    for (let n = 0; n < 300; n++) {
      const key = random.pick(KEYS);
      clock.now += 1;
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
