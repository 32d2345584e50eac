import { describe, expect, it } from '@jest/globals';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { useInspected } from '../support/inspected.ts';

const inspected = useInspected();

describe('diagnose', () => {
  it('remarks on functions whose values load slower than they compute, by all that was counted', () => {
    const { cache, inspector } = inspected({ stats: true });
    cache.itemForKey(1).save(1);
    const store = fileStore({ path: inspector.path });
    store.counters.add('calls', {
      'hits:a:slow': 3,
      'stale:b:slow': 1,
      'loadMs:a:slow': 2_432_000,
      'savedMs:a:slow': -1_976_000,
      'hits::good': 1,
      'unstored::good': 1,
      'unstored:a:slow': 2,
      'loadMs::good': 1_000_000,
      'savedMs::good': 1,
      'hits::quick': 1000,
      'loadMs::quick': 1_000_000,
      'savedMs::quick': -900_000,
    });
    store.close();
    const { remarks, problems } = inspector.diagnose();
    expect([remarks, problems]).toEqual([
      [
        'slow loads slower than it computes: 608 ms instead of 114 ms on average, 4 times. Store less of it, or do not cache it',
        expect.stringMatching(/^Values of slow could not be stored, 2 times, and were computed again: a warning/),
        expect.stringMatching(/^Values of good could not be stored, once, /),
      ],
      [],
    ]);
  });
});
