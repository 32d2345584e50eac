import { describe, expect, it } from '@jest/globals';
import { NO_COUNTS } from '../../lib/stats/counters.ts';
import { Totals } from '../../lib/stats/totals.ts';

const load = (identity: number | string, hits = 1) => ({
  ...NO_COUNTS,
  name: 'load',
  identity: String(identity),
  hits,
});

describe('The counts of functions', () => {
  it('are sums for each identity and name', () => {
    const totals = new Totals();
    for (const counts of [load(1), load(2), load(1, 5), { ...load(1), name: 'save' }]) totals.add(counts);
    expect(totals.read()).toEqual([load(1, 6), load(2), { ...load(1), name: 'save' }]);
    totals.clear();
    expect(totals.read()).toEqual([]);
  });

  it('lose the identity of those that were counted first where they are too many, and no call', () => {
    const totals = new Totals();
    for (let identity = 0; identity < 25_000; identity++) totals.add(load(identity));
    const all = totals.read();
    expect(all.length).toBeLessThanOrEqual(10_000);
    expect(all.reduce((sum, { hits }) => sum + hits, 0)).toBe(25_000);
    expect(all.filter(({ identity }) => identity === '24999')).toEqual([load(24_999)]);
    expect(all.find(({ identity }) => identity === '')?.hits).toBe(25_000 - all.length + 1);
  });
});
