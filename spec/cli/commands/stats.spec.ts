import { describe, expect, it } from '@jest/globals';
import { useClock } from '../../support/clock.ts';
import { useFilledShelves } from '../../support/shelf.ts';

useClock();

const filled = useFilledShelves();

describe('tempcache stats', () => {
  it('shows what each function of all caches saves and takes', async () => {
    const { code, out, err } = await filled().run(['stats']);
    expect(out).toMatchInlineSnapshot(`
     "FUNCTION  CACHE         CALLS  HITS  SAVED                ENTRIES   SIZE
     report    demo              4   50%   1.5h  ████████████        1   5 KB  ████████████
     loadUser  demo            100   97%   9.7s  ▏                   2  381 B  ▉
     (items)   demo              0     -    0ms                      1  167 B  ▍
     (items)   team/weather      0     -    0ms                      1  166 B  ▍
     "
    `);
    expect([code, err]).toEqual([0, '']);
  });

  it('shows the functions of one cache, and leaves out what there is no room for', async () => {
    const { out } = await filled().run(['stats', 'demo', '--sort', 'bytes'], { env: { COLUMNS: '50' } });
    expect(out).toMatchInlineSnapshot(`
     "FUNCTION  HITS  SAVED  ENTRIES   SIZE
     report     50%   1.5h        1   5 KB
     loadUser   97%   9.7s        2  381 B
     (items)      -    0ms        1  167 B
     "
    `);
  });

  it.each([
    ['saved', 'report'],
    ['bytes', 'report'],
    ['entries', 'loadUser'],
    ['hits', 'loadUser'],
    ['misses', 'loadUser'],
    ['name', '(items)'],
  ])('can be ordered by %s', async (key, first) => {
    const { out, err } = await filled().run(['stats', 'demo', '--sort', key, '--limit', '1']);
    expect(out.split('\n')[1]?.split(' ')[0]).toBe(first);
    expect(err).toBe('2 more functions: --limit all shows all\n');
  });

  it('gives them as JSON', async () => {
    const { out } = await filled().run(['stats', '--json']);
    const document = JSON.parse(out) as { functions: unknown[] };
    expect(document).toMatchObject({ root: '<root>', total: 4, problems: [] });
    expect(document.functions[1]).toMatchInlineSnapshot(`
     {
       "bytes": 381,
       "cache": "demo",
       "coalesced": 0,
       "computeMs": 300,
       "entries": 2,
       "errors": 0,
       "hitRate": 0.97,
       "hits": 97,
       "lastUsedAt": 1799999940000,
       "misses": 3,
       "name": "loadUser",
       "savedMs": 9700,
       "skipped": 0,
       "stale": 0,
     }
    `);
    expect(document.functions.at(-1)).toMatchObject({ name: '', hitRate: null });
  });
});
