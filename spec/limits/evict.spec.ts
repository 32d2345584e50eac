import { describe, expect, it } from '@jest/globals';
import { MOST } from '../../lib/limits/candidates.ts';
import { evictOver } from '../../lib/limits/evict.ts';
import { Usage } from '../../lib/limits/usage.ts';
import { carryOutSync } from '../../lib/runtime/steps.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { StoreEntry } from '../../lib/stores/store.ts';

/** A store of so many small records, the first of them used first, without their bytes. */
function storeOf(count: number) {
  const entries = new Map<string, StoreEntry>();
  for (let n = 0; n < count; n++) {
    const id = (n + 2 ** 40).toString(16).padStart(64, 'a');
    entries.set(id, { id, size: 100, lastUsedAt: n });
  }
  let listings = 0;
  const store = {
    ...memoryStore(),
    stat: (id: string) => entries.get(id),
    delete: (id: string) => entries.delete(id),
    entries: () => (listings++, entries.values()),
  };
  return { store, entries, listings: () => listings };
}

describe('Records over their limits', () => {
  it('are listed again where more have to go than are remembered', () => {
    const { store, entries, listings } = storeOf(MOST + 1000);
    const limits = { maxEntries: 500, maxBytes: Infinity };
    const records = { store, usage: new Usage(limits), uses: { lastUse: () => undefined } };
    const evicted = MOST + 500;
    expect(carryOutSync(evictOver(records, {}))).toEqual({ evicted, bytes: 100 * evicted });
    expect([entries.size, listings()]).toEqual([500, 2]);
    expect(Math.min(...[...entries.values()].map(({ lastUsedAt }) => lastUsedAt))).toBe(evicted);
  });

  it('stay as they are where there are no limits', () => {
    const { store, listings } = storeOf(10);
    const records = { store, usage: undefined, uses: { lastUse: () => undefined } };
    expect([carryOutSync(evictOver(records, {})), listings()]).toEqual([{ evicted: 0, bytes: 0 }, 0]);
  });
});
