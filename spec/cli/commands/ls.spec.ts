import { describe, expect, it } from '@jest/globals';
import { useClock } from '../../support/clock.ts';
import { firstColumn } from '../../support/command.ts';
import { idFrom, useFilledShelves } from '../../support/shelf.ts';

useClock();

const filled = useFilledShelves();

describe('tempcache ls', () => {
  it('lists the caches, the last used one first', async () => {
    const { code, out, err } = await filled().run(['ls']);
    expect(out).toMatchInlineSnapshot(`
     "CACHE         ENTRIES    SIZE  HITS  SAVED  LOADING  LAST USE
     demo                4  5.6 KB   95%   1.5h      0ms  1m ago
     team/weather        1   166 B     -    0ms      0ms  3h ago
     "
    `);
    expect([code, err]).toEqual([0, '']);
  });

  it.each([
    ['name', 'archive demo team/weather'],
    ['size', 'archive demo team/weather'],
    ['entries', 'demo archive team/weather'],
    ['saved', 'demo archive team/weather'],
    ['hits', 'archive demo team/weather'],
    ['used', 'demo team/weather archive'],
  ])('orders the caches by %s, and the other way round', async (key, order) => {
    const made = filled();
    const usedAgo = 30 * 86_400_000;
    made.put('archive', { id: idFrom('ea11'), value: 'x'.repeat(9000), usedAgo }, { id: idFrom('ea22'), usedAgo });
    made.count('archive', { old: { hits: 5, savedMs: 10 } });
    expect(firstColumn((await made.run(['ls', '--sort', key])).out)).toEqual(order.split(' '));
    expect(firstColumn((await made.run(['ls', '--sort', key, '-r'])).out)).toEqual(order.split(' ').toReversed());
  });

  it('says how many caches it has not shown', async () => {
    const { code, out, err } = await filled().run(['ls', '-n', '1']);
    expect(firstColumn(out)).toEqual(['demo']);
    expect([code, err]).toEqual([0, '1 more cache: --limit all shows all\n']);
  });

  it('gives the caches as JSON', async () => {
    const { code, out, err } = await filled().run(['ls', '--json']);
    expect(out).toMatchInlineSnapshot(`
     "{
       "root": "<root>",
       "caches": [
         {
           "name": "demo",
           "path": "<root>/demo",
           "entries": 4,
           "bytes": 5718,
           "lastUsedAt": 1799999940000,
           "hits": 98,
           "misses": 5,
           "stale": 1,
           "coalesced": 0,
           "skipped": 0,
           "unstored": 0,
           "errors": 0,
           "computeMs": 700,
           "loadMs": 0,
           "savedMs": 5409700,
           "hitRate": 0.9519230769230769
         },
         {
           "name": "team/weather",
           "path": "<root>/team/weather",
           "entries": 1,
           "bytes": 166,
           "lastUsedAt": 1799989200000,
           "hits": 0,
           "misses": 0,
           "stale": 0,
           "coalesced": 0,
           "skipped": 0,
           "unstored": 0,
           "errors": 0,
           "computeMs": 0,
           "loadMs": 0,
           "savedMs": 0,
           "hitRate": null
         }
       ],
       "total": 2,
       "problems": []
     }
     "
    `);
    expect([code, err]).toEqual([0, '']);
  });
});
