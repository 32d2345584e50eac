import { describe, expect, it } from '@jest/globals';
import { chmodSync, writeFileSync } from 'node:fs';
import { tempName } from '../../../lib/stores/file/names.ts';
import { useClock } from '../../support/clock.ts';
import { deadToken } from '../../support/dead-writer.ts';
import { useFilledShelves, useShelves } from '../../support/shelf.ts';

const filled = useFilledShelves();
const shelf = useShelves();
useClock();

/** What differs between machines. */
function sameEverywhere(out: string): string {
  return out
    .replace(/^(node +).*$/m, '$1NODE')
    .replace(/^(access .*mode 0700, ).*$/m, '$1OWNER')
    .replace(/^(file system ).*$/m, '$1SYSTEM')
    .replace(/^(free +).*$/m, '$1ROOM');
}

describe('tempcache doctor', () => {
  it('remarks on values that load slower than they compute, which is no problem', async () => {
    const made = filled();
    made.count('demo', { rows: { hits: 2, loadMs: 1216, savedMs: -988 } });
    const { code, out } = await made.run(['doctor'], { terminal: 200, env: { NO_COLOR: '1' } });
    expect(out).toContain('remark   demo: rows loads slower than it computes: 608 ms instead of 114 ms on average');
    expect([code, out.endsWith('No problems found.\n')]).toEqual([0, true]);
    expect((await made.run(['stats', 'demo'])).out).toMatch(/^rows .* -988ms +1.2s/m);
    expect(JSON.parse((await made.run(['doctor', '--json'])).out).remarks).toHaveLength(1);
  });

  it('tells how the root and its caches are', async () => {
    const made = filled();
    const { code, out, err } = await made.run(['doctor']);
    expect(sameEverywhere(out)).toMatchInlineSnapshot(`
     "node        NODE
     identity    of a function: its name, its text and what it captures count.
     folder      <root>
     access      mode 0700, OWNER
     file system SYSTEM
     free        ROOM
     leftovers   none
     leases      none

     CACHE         ENTRIES  MODE  LEASES  LEFTOVERS  FOREIGN  PROBLEMS
     demo                4  0700  none    none             0         0
     team/weather        1  0700  none    none             0         0

     No problems found.
     "
    `);
    expect([code, err]).toEqual([0, '']);
  });

  it('finds what is wrong, names the cure and ends with 1', async () => {
    const made = filled();
    chmodSync(made.pathOf('demo'), 0o755);
    writeFileSync(made.pathOf('team/weather', tempName(deadToken(), '1')), 'half');
    const { code, out } = await made.run(['doctor']);
    expect(code).toBe(1);
    expect(out.slice(out.indexOf('problem'))).toMatchInlineSnapshot(`
     "problem  Others can look into <root>/demo (mode 0755): close it
     cure     chmod 700 <root>/demo
     problem  Dead processes have left 1 file in <root>/team/weather: prune the cache
     cure     tempcache prune <root>/team/weather
     2 problems found.
     "
    `);
    expect(out).toContain('2 problems found.\n');
    const other = await made.run(['doctor', 'team/weather']);
    expect(other.out).toContain('leftovers   1 file (4 B)\n');
    expect(other.out).toContain('1 problem found.\n');
  });

  it('tells of a root that is not safe, and does not look below it', async () => {
    const made = filled();
    chmodSync(made.root, 0o777);
    const { code, out } = await made.run(['doctor', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      root: { path: '<root>', isSafe: false },
      caches: [],
      problems: [expect.stringContaining('<root>')],
      cures: ['ls -ld <root> && export TEMPCACHE_DIR=~/.cache/tempcache'],
    });
  });

  it('finds nothing wrong with a root that is not there yet', async () => {
    const { code, out } = await shelf().run(['doctor']);
    expect(code).toBe(0);
    expect(out).toContain('folder      <root> (not there yet: the first save makes it)\n');
    expect(out).toContain('No problems found.\n');
  });

  it('tells all of it as JSON', async () => {
    const document = JSON.parse((await filled().run(['doctor', '--json'])).out) as unknown;
    expect(document).toMatchObject({
      node: process.versions.node,
      root: { path: '<root>', exists: true, isSafe: true, isPrivate: true, folders: 2 },
      caches: [
        { name: 'demo', path: '<root>/demo', entries: 4, notes: 0, problems: [] },
        { name: 'team/weather', entries: 1, foreign: { files: 0, names: [] } },
      ],
      problems: [],
      cures: [],
    });
  });

  it('breaks no word on a narrow terminal, and no cure at all', async () => {
    const made = filled();
    chmodSync(made.pathOf('demo'), 0o755);
    writeFileSync(made.pathOf('demo', "it's mine.txt"), '');
    const { out } = await made.run(['doctor', 'demo'], { terminal: 40, env: { NO_COLOR: '1' } });
    const problems = out.slice(out.indexOf('problem')).split('\n');
    const words = problems.join(' ').split(/ +/);
    expect(words).toEqual(expect.arrayContaining(['problem', 'Others', 'close', 'elsewhere', 'cure']));
    expect(problems).toContain('cure     chmod 700 <root>/demo');
    expect(problems).toContain(
      String.raw`cure     mkdir -p <root>/demo-moved && mv '<root>/demo/it'\''s mine.txt' <root>/demo-moved`,
    );
  });
});
