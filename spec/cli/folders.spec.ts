import { describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useClock } from '../support/clock.ts';
import { fill, idFrom, useShelves, type Shelf } from '../support/shelf.ts';

const shelf = useShelves();
useClock();

/** Every command that looks at a root or a cache. */
const ON_ALL = [
  'ls',
  'stats',
  'clear --yes',
  'clear --unused 1d',
  'prune',
  'prune --dry-run',
  'verify',
  'verify --fix',
];
const ON_ONE = ['ls', 'stats', 'clear --yes', 'clear', 'prune', 'verify', 'doctor'];

function emptyRoot(): Shelf {
  const made = shelf();
  mkdirSync(made.root, { mode: 0o700 });
  return made;
}

describe('An empty root', () => {
  it.each(ON_ALL)('is nothing to complain about for tempcache %s', async (line) => {
    const { code, err } = await emptyRoot().run(line.split(' '));
    expect([code, err]).toEqual([0, 'There are no caches below <root>.\n']);
  });

  it.each(ON_ALL)('is as empty in the JSON of tempcache %s', async (line) => {
    const { code, out } = await emptyRoot().run([...line.split(' '), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject(line === 'stats' ? { functions: [] } : { caches: [], problems: [] });
  });
});

describe('An empty cache', () => {
  it.each([
    ['ls', '', 'There are no such entries in the cache "demo".\n'],
    ['stats', '', ''],
    ['clear', 'Removed 0 entries.\n', ''],
    ['prune', 'Removed 0 files (0 B).\n', ''],
    ['verify', '0 records checked, 0 damaged.\n', ''],
  ])('is nothing to complain about for tempcache %s', async (name, out, err) => {
    const made = emptyRoot();
    mkdirSync(made.pathOf('demo'), { mode: 0o700 });
    expect(await made.run([name, 'demo'])).toEqual({ code: 0, out, err });
  });
});

describe('A folder that is not there', () => {
  it.each(ON_ONE)('is told of by tempcache %s <name>', async (line) => {
    const { code, out, err } = await emptyRoot().run([...line.split(' '), 'nobody']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'tempcache: There is no cache "nobody": <root>/nobody does not exist; `tempcache ls` shows those there are\n',
    );
  });

  it.each(ON_ALL)('is told of by tempcache %s where it is the root that was given', async (line) => {
    const { code, out, err } = await shelf().run(line.split(' '));
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe('tempcache: The folder <root> does not exist; check --dir\n');
  });

  it('is made by no command', async () => {
    const made = shelf();
    for (const line of [...ON_ALL, ...ON_ONE, 'path', 'doctor']) await made.run([...line.split(' '), 'demo']);
    const { out } = await made.run(['path', '--json']);
    expect(JSON.parse(out)).toMatchObject({ exists: false });
  });
});

describe('A damaged folder', () => {
  function damaged(): Shelf {
    const made = shelf();
    fill(made);
    truncateSync(made.pathOf('demo', idFrom('aa11')), 20);
    writeFileSync(made.pathOf('demo', idFrom('ee11')), 'no record at all');
    mkdirSync(made.pathOf('demo', idFrom('ff11')));
    writeFileSync(made.pathOf('demo', 'notes.txt'), 'of somebody else');
    return made;
  }

  it('is listed with what is wrong', async () => {
    const { code, out } = await damaged().run(['ls', 'demo', '--sort', 'name']);
    expect(code).toBe(0);
    expect(out).toMatch(/^aa1101234567 +\(damaged\) +\S/m);
    expect(out).toMatch(/^ee1101234567 +\(damaged\) +\S/m);
    expect(out).toMatch(/^aa2201234567 +loadUser +user 2/m);
  });

  it.each([
    ['ls', 0],
    ['stats', 0],
    ['stats demo', 0],
    ['show aa11', 1],
    ['show ee11', 1],
    ['show aa22', 0],
    ['rm ee11', 0],
    ['verify', 1],
    ['verify --fix', 0],
    ['prune', 0],
    ['clear --yes', 0],
    ['doctor', 1],
  ])('makes tempcache %s end with %d', async (line, code) => {
    const outcome = await damaged().run(line.split(' '));
    expect(outcome.code).toBe(code);
    expect(outcome.err.includes('--verbose')).toBe(false);
  });
});

describe('A folder that others could have prepared', () => {
  it.each(ON_ALL)('is refused by tempcache %s where it is the root', async (line) => {
    const made = shelf();
    fill(made);
    chmodSync(made.root, 0o777);
    const { code, out, err } = await made.run(line.split(' '));
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^tempcache: .*<root>.*\n$/);
  });

  it.each(ON_ALL)('is told of by tempcache %s, which does not stop for it', async (line) => {
    const made = shelf();
    fill(made);
    const link = join(made.root, 'linked');
    mkdirSync(join(made.root, 'open'), { mode: 0o700 });
    made.put('open', { id: idFrom('1111') });
    symlinkSync(made.pathOf('demo'), link);
    chmodSync(made.pathOf('open'), 0o777);
    const { code, err, out } = await made.run([...line.split(' '), '--json']);
    expect(code).toBe(1);
    expect(err).toMatch(/^tempcache: open: .+\n$/);
    expect(JSON.parse(out)).toMatchObject({ problems: [{ name: 'open', path: '<root>/open' }] });
  });
});
