import { describe, expect, it } from '@jest/globals';
import { useClock } from '../../support/clock.ts';
import { useFilledShelves, type Shelf } from '../../support/shelf.ts';

const filled = useFilledShelves();
useClock();

/** How many entries there are in all caches. */
async function entriesOf(made: Shelf): Promise<number> {
  const { caches } = JSON.parse((await made.run(['ls', '--json'])).out) as { caches: { entries: number }[] };
  return caches.reduce((sum, { entries }) => sum + entries, 0);
}

describe('tempcache clear', () => {
  it('empties a cache, or all caches, when that is meant', async () => {
    const made = filled();
    expect(await made.run(['clear', 'demo', '--yes'])).toEqual({ code: 0, out: 'Removed 4 entries.\n', err: '' });
    expect(await entriesOf(made)).toBe(1);
    expect(await made.run(['clear', '-y'])).toEqual({ code: 0, out: 'Removed 1 entry.\n', err: '' });
    expect(await entriesOf(made)).toBe(0);
  });

  it('refuses where there is no terminal to ask on, and says what it would have removed', async () => {
    const made = filled();
    const { code, out, err } = await made.run(['clear']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatchInlineSnapshot(`
     "tempcache: Remove 5 entries (5.7 KB) of all 2 caches below <root>? There is no terminal to ask on: add --yes if that is meant
     "
    `);
    expect(await entriesOf(made)).toBe(5);
  });

  it.each([
    ['y\n', 1],
    ['Yes\n', 1],
    ['n\n', 5],
    ['\n', 5],
    ['', 5],
    ['yesterday\n', 5],
  ])('asks on a terminal, and takes %j for what it is', async (typed, left) => {
    const made = filled();
    const { code, err } = await made.run(['clear', 'demo'], { terminal: 200, typed });
    expect(code).toBe(0);
    expect(err).toContain('Remove 4 entries (5.6 KB) of the cache "demo"? [y/N] ');
    expect(err.includes('Nothing was removed.')).toBe(left === 5);
    expect(await entriesOf(made)).toBe(left);
  });

  it('removes the entries of one function, or what was not used for long, without a question', async () => {
    const made = filled();
    expect((await made.run(['clear', '--unused', '7d'])).out).toBe('Removed 1 entry.\n');
    expect((await made.run(['clear', 'demo', '--function', 'loadUser', '--unused', '30m'])).out).toBe(
      'Removed 1 entry.\n',
    );
    expect((await made.run(['clear', 'demo', '-f', 'loadUser'])).out).toBe('Removed 1 entry.\n');
    expect(await entriesOf(made)).toBe(2);
  });

  it('asks nothing where nothing is', async () => {
    const made = filled();
    await made.run(['clear', '--yes']);
    expect(await made.run(['clear', 'demo'])).toEqual({ code: 0, out: 'Removed 0 entries.\n', err: '' });
  });

  it('tells as JSON how many went from where', async () => {
    const { out } = await filled().run(['clear', '--yes', '--json']);
    expect(JSON.parse(out)).toEqual({
      removed: 5,
      caches: [
        { name: 'demo', path: '<root>/demo', removed: 4 },
        { name: 'team/weather', path: '<root>/team/weather', removed: 1 },
      ],
      problems: [],
    });
  });

  it.each([
    ['--unused', 'soon'],
    ['--unused', '-1d'],
    ['--unused', ''],
  ])('refuses %s %j', async (...argv) => {
    const made = filled();
    expect(await made.run(['clear', ...argv])).toMatchObject({ code: 2, out: '' });
    expect(await entriesOf(made)).toBe(5);
  });
});
