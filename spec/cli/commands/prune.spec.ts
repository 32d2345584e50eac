import { describe, expect, it, jest } from '@jest/globals';
import { readdirSync, writeFileSync } from 'node:fs';
import { CacheInspector } from '../../../lib/inspector/index.ts';
import { NOTHING_PRUNED } from '../../../lib/maintenance/prune.ts';
import { tempName } from '../../../lib/stores/file/names.ts';
import { useClock } from '../../support/clock.ts';
import { deadToken } from '../../support/dead-writer.ts';
import { flip } from '../../support/inspected.ts';
import { idFrom, useFilledShelves, type Shelf } from '../../support/shelf.ts';

const filled = useFilledShelves();
useClock();

/** The beginnings of the ids that are left in the cache "demo". */
function left(made: Shelf): string[] {
  const names = readdirSync(made.pathOf('demo')).filter((name) => /^[a-f]{2}\d{2}/.test(name));
  return names.map((name) => name.slice(0, 4)).toSorted();
}

describe('tempcache prune', () => {
  it('removes what has expired and what is damaged', async () => {
    const made = filled();
    flip(made.pathOf('demo'), idFrom('aa22'));
    const { code, out, err } = await made.run(['prune']);
    expect([code, out, err]).toEqual([0, 'Removed 2 files (351 B): 1 expired, 1 damaged.\n', '']);
    expect(left(made)).toEqual(['aa11', 'bb11']);
  });

  it.each([
    ['what is old', ['--older', '1h'], 'Removed 5 files', []],
    ['what was not used for long', ['--unused', '7d'], '1 not used for long', ['aa11', 'aa22']],
    ['what is too much, the least recently used first', ['--max-size', '200B'], '2 over the limit', ['aa22']],
    ['what are too many', ['--max-entries', '1'], '2 over the limit', ['aa22']],
  ])('removes %s', async (_, options, said, stays) => {
    const made = filled();
    const { code, out } = await made.run(['prune', ...options]);
    expect(code).toBe(0);
    expect(out).toContain(said);
    expect(left(made)).toEqual(stays);
  });

  it('says what could not be read', async () => {
    const spy = jest.spyOn(CacheInspector.prototype, 'prune');
    spy.mockReturnValue({ ...NOTHING_PRUNED, expired: 1, unreadable: 2 });
    const { code, out, err } = await filled().run(['prune', 'demo']);
    spy.mockRestore();
    expect([code, out]).toEqual([1, 'Removed 1 file (0 B): 1 expired.\n']);
    expect(err).toBe('tempcache: 2 records could not be read, and stayed\n');
  });

  it('only says what would go in a dry run', async () => {
    const made = filled();
    expect((await made.run(['prune', 'demo', '--unused', '7d', '--dry-run'])).out).toBe(
      'Would remove 2 files (5.2 KB): 1 expired, 1 not used for long.\n',
    );
    expect(left(made)).toHaveLength(4);
  });

  it('tells as JSON what went from where', async () => {
    const { out } = await filled().run(['prune', '--json', '--dry-run']);
    const none = { corrupt: 0, evicted: 0, unused: 0, superseded: 0, leftovers: 0, unreadable: 0 };
    expect(JSON.parse(out)).toEqual({
      dryRun: true,
      ...none,
      expired: 1,
      bytes: 167,
      caches: [
        { name: 'demo', path: '<root>/demo', ...none, expired: 1, bytes: 167 },
        { name: 'team/weather', path: '<root>/team/weather', ...none, expired: 0, bytes: 0 },
      ],
      problems: [],
    });
  });

  it('removes what dead writers have left', async () => {
    const made = filled();
    writeFileSync(made.pathOf('demo', tempName(deadToken(), '1')), 'half');
    expect((await made.run(['prune'])).out).toContain('1 expired, 1 left by dead writers.\n');
  });

  it.each([
    [['--older', 'long ago'], '--older must be a duration such as 90s, 36h or 7d\n'],
    [['--max-size', '5 elephants'], '--max-size must be a size such as 500MB or 2GB\n'],
    [['--unused', '-1d'], '--unused must be a duration'],
    [['--max-entries', '1.5'], '--max-entries must be a whole number of 1 or more; it is "1.5"'],
    [['--max-entries', '0'], '--max-entries'],
  ])('refuses %j and removes nothing', async (options, said) => {
    const made = filled();
    const { code, out, err } = await made.run(['prune', ...options]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(left(made)).toHaveLength(4);
  });
});
