import { describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { CacheInspector } from '../../lib/inspector/index.ts';
import { command } from '../support/command.ts';
import { useFilledShelves } from '../support/shelf.ts';

const filled = useFilledShelves();
const NAMES = ['ls', 'stats', 'show', 'rm', 'clear', 'prune', 'verify', 'copy', 'export', 'import', 'path', 'doctor'];

describe('tempcache', () => {
  it('lists its commands and exit codes', async () => {
    const { code, out, err } = await command(['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Exit codes: 0 done, 1 a problem was found, 2 called in a wrong way.');
    for (const name of NAMES) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it.each(NAMES)('explains %s with its options and examples that can be called', async (name) => {
    const { code, out, err } = await command([name, '--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Usage: tempcache ${name}`);
    expect(out).toMatch(new RegExp(`^Examples:\\n {2}.*tempcache ${name}\\b`, 'm'));
    expect(out).toContain('--json');
    expect(await command(['help', name])).toEqual({ code, out, err });
    const known = new Set(out.match(/(?<![\w-])--?[a-z][\w-]*/g));
    const examples = out.slice(out.indexOf('Examples:'));
    const used =
      examples
        .match(/tempcache [^|>"']*/g)
        ?.join(' ')
        .match(/(?<= )--?[a-z][\w-]*/g) ?? [];
    expect(used.filter((flag) => !known.has(flag))).toEqual([]);
  });

  it.each([60, 100, 200])(
    'helps on a terminal of %d columns in lines that fit, but for lines to copy',
    async (terminal) => {
      for (const name of NAMES) {
        const lines = (await command([name, '--help'], { terminal })).out.split('\n');
        const long = lines.filter((line) => line.length > terminal && !line.startsWith('  tempcache '));
        expect(long).toEqual([]);
      }
    },
  );

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await command(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
    expect((await command(['-V'])).out).toBe(`${version}\n`);
  });

  it('shows its help when it is called without a command, and ends with 2', async () => {
    const { code, out, err } = await command([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: tempcache');
  });

  it.each([
    [['lss'], "tempcache: unknown command 'lss'\n(Did you mean ls?)\n"],
    [['ls', '--sizes'], "tempcache: unknown option '--sizes'\n"],
    [['ls', 'a', 'b'], "tempcache: too many arguments for 'ls'"],
    [['show'], "tempcache: missing required argument 'id'\n"],
    [['rm'], "tempcache: missing required argument 'id'\n"],
    [['ls', '--limit'], 'tempcache: '],
    [['ls', '--limit', '0'], 'tempcache: --limit must be a whole number of 1 or more or "all"; it is "0"\n'],
    [
      ['ls', '--sort', 'colour'],
      'tempcache: --sort must be one of used, name, entries, size, saved, hits; it is "colour"\n',
    ],
    [['ls', '--function', 'x'], 'tempcache: --function needs the name of a cache\n'],
    [['ls', ''], 'tempcache: A name or id must not be empty\n'],
    [['ls', '--dir', ''], 'tempcache: --dir needs a folder\n'],
    [['stats', '--sort', 'colour'], 'tempcache: --sort must be one of saved, size,'],
  ])('refuses %j', async (argv, said) => {
    const { code, out, err } = await filled().run(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
  });

  it('takes its common options before and after the command', async () => {
    const made = filled();
    const before = await command(['--json', '--dir', made.root, 'path']);
    expect(await command(['path', '--dir', made.root, '--json'])).toEqual(before);
    expect(JSON.parse(before.out)).toMatchObject({ path: made.root });
  });

  it('looks below $TEMPCACHE_DIR where no root is given, and refuses one that cannot be meant', async () => {
    const former = process.env['TEMPCACHE_DIR'];
    try {
      process.env['TEMPCACHE_DIR'] = filled().root;
      expect((await command(['ls'])).out).toContain('team/weather');
      expect((await command(['ls', 'demo'])).out).toContain('loadUser');
      process.env['TEMPCACHE_DIR'] = 'here';
      const { code, err } = await command(['ls']);
      expect([code, err]).toEqual([2, 'tempcache: $TEMPCACHE_DIR must be an absolute path; it is "here"\n']);
    } finally {
      if (former === undefined) delete process.env['TEMPCACHE_DIR'];
      else process.env['TEMPCACHE_DIR'] = former;
    }
  });
});

describe('An error of tempcache', () => {
  it('is one line, and a stack only where that is asked for', async () => {
    const made = filled();
    const plain = await made.run(['ls', 'nobody']);
    expect(plain.err.trimEnd().split('\n')).toHaveLength(1);
    for (const verbose of [
      await made.run(['ls', 'nobody', '--verbose']),
      await made.run(['ls', 'nobody'], { env: { DEBUG: '1' } }),
    ]) {
      expect(verbose.code).toBe(1);
      expect(verbose.err).toMatch(/^ +at .*select\.ts/m);
    }
  });

  it('that was not expected says how to learn more, and writes nothing to the terminal but its text', async () => {
    const made = filled();
    const spy = jest.spyOn(CacheInspector.prototype, 'entries').mockImplementation(() => {
      throw new Error('odd \u001B[2J');
    });
    try {
      const { code, err } = await made.run(['ls', 'demo']);
      expect([code, err]).toEqual([1, `tempcache: odd ${String.raw`\x1b[2J`} (--verbose shows where)\n`]);
    } finally {
      spy.mockRestore();
    }
  });
});
