import { describe, expect, it } from '@jest/globals';
import { useClock } from '../../support/clock.ts';
import { useFilledShelves } from '../../support/shelf.ts';

useClock();

const filled = useFilledShelves();

describe('tempcache stats', () => {
  it('shows what each function of all caches saves and takes', async () => {
    const { code, out, err } = await filled().run(['stats']);
    expect(out).toMatchInlineSnapshot(`
     "FUNCTION  CACHE         CALLS  HITS  SAVED  LOADING  OF MOST SAVED   COST  ENTRIES    SIZE  OF LARGEST    ERRORS
     report    demo              4   50%   1.5h      0ms  ████████████   200ms        1  5.0 KB  ████████████       0
     loadUser  demo            100   97%   9.7s      0ms  ▏              100ms        2   381 B  ▉                  0
     (items)   demo              0     -    0ms      0ms                     -        1   167 B  ▍                  0
     (items)   team/weather      0     -    0ms      0ms                     -        1   166 B  ▍                  0
     "
    `);
    expect([code, err]).toEqual([0, '']);
  });

  it('shows the functions of one cache, and leaves out what there is no room for', async () => {
    const { out } = await filled().run(['stats', 'demo', '--sort', 'size'], { env: { COLUMNS: '50' } });
    expect(out).toMatchInlineSnapshot(`
     "FUNCTION  CALLS  HITS  SAVED  ENTRIES    SIZE
     report        4   50%   1.5h        1  5.0 KB
     loadUser    100   97%   9.7s        2   381 B
     (items)       0     -    0ms        1   167 B
     "
    `);
  });

  it.each([
    ['saved', 'report'],
    ['size', 'report'],
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
       "loadMs": 0,
       "misses": 3,
       "name": "loadUser",
       "savedMs": 9700,
       "skipped": 0,
       "stale": 0,
       "superseded": 0,
       "unstored": 0,
     }
    `);
    expect(document.functions.at(-1)).toMatchObject({ name: '', hitRate: null });
  });

  it('tells functions of one name apart on 80 columns, and drops the bars before anything else', async () => {
    const made = filled();
    for (const cache of ['shop', 'docs']) made.count(cache, { fetchPage: { hits: 5, misses: 1, savedMs: 1000 } });
    const { out } = await made.run(['stats'], { terminal: 80, env: { NO_COLOR: '1' } });
    const [titles, ...rows] = out.trimEnd().split('\n');
    expect(titles).toMatch(/^FUNCTION +CACHE +CALLS +HITS +SAVED( +LOADING)? +COST +ENTRIES +SIZE( +ERRORS)?$/);
    expect(rows.filter((row) => row.startsWith('fetchPage')).map((row) => row.split(/ +/)[1])).toEqual([
      'docs',
      'shop',
    ]);
    expect(out).not.toContain('█');
  });

  it('uses the width of 200 columns, with a heading for each bar', async () => {
    const { out } = await filled().run(['stats'], { terminal: 200, env: { NO_COLOR: '1' } });
    expect(out.split('\n')[0]).toMatch(/ OF MOST SAVED .* OF LARGEST /);
    expect(out).toContain('████████████');
  });

  it('marks functions of which nothing is ever stored, and only those', async () => {
    const made = filled();
    made.count('demo', {
      openStream: { misses: 7, computeMs: 700 },
      once: { misses: 1 },
      loadUser: { hits: 97, misses: 3 },
    });
    const { out } = await made.run(['stats', 'demo']);
    const hitsOf = (name: string): string | undefined => new RegExp(`^${name} +\\d+ +(.*?)  `, 'm').exec(out)?.[1];
    expect(['openStream', 'once', 'loadUser'].map(hitsOf)).toEqual(['never stored', '0%', '97%']);
  });
});
