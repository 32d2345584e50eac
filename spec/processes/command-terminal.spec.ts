import { describe, expect, it } from '@jest/globals';
import { useCommandProcesses } from '../support/command-process.ts';
import { fill, useShelves, type Shelf } from '../support/shelf.ts';

const shelf = useShelves();
const start = useCommandProcesses();

function filled(): Shelf {
  const made = shelf();
  fill(made);
  return made;
}

const COLOUR = new RegExp(String.raw`\x1B\[\d+m`, 'g');
const CLEARED = new RegExp(String.raw`^[^]*\r\x1B\[K`);

/** What a terminal shows of it in the end. */
function shownLines(out: string): string[] {
  const lines = out.replaceAll(COLOUR, '').split(/\r?\n/);
  return lines.map((line) => line.replace(CLEARED, '')).filter((line) => line !== '');
}

describe('The command on a terminal', () => {
  it.each([30, 60, 100])('has colours and fits %d columns', async (terminal) => {
    const made = filled();
    for (const argv of [['ls'], ['ls', 'demo'], ['stats']]) {
      const { code, out } = await start(['--dir', made.root, ...argv], { terminal }).ended;
      expect(code).toBe(0);
      expect(out).toContain('\u001B[1m');
      expect(Math.max(...shownLines(out).map((line) => line.length))).toBeLessThanOrEqual(terminal);
    }
  });

  it('has no colours under NO_COLOR', async () => {
    const { out } = await start(['--dir', filled().root, 'ls'], { terminal: 80, env: { NO_COLOR: '1' } }).ended;
    expect(out).not.toContain('\u001B');
    expect(out).toContain('team/weather');
  });

  it.each([
    ['yes\r', 'Removed 4 entries.'],
    ['n\r', 'Nothing was removed.'],
    ['\u0003', 'Nothing was removed.'],
    ['\u0004', 'Nothing was removed.'],
  ])('asks before it clears, and hears %j', async (typed, said) => {
    const made = filled();
    const clearing = start(['--dir', made.root, 'clear', 'demo'], { terminal: 120 });
    await clearing.shows('[y/N] ');
    clearing.child.stdin?.write(typed);
    const { code, out } = await clearing.ended;
    expect(code).toBe(0);
    expect(out).toContain(said);
  });

  it('shows progress on the terminal and nothing of it in the output', async () => {
    const made = filled();
    const onTerminal = await start(['--dir', made.root, 'verify'], { terminal: 80 }).ended;
    expect(onTerminal.out).toContain('\u001B[Kverifying demo: 1');
    const piped = await start([], { shell: `tempcache --dir '${made.root}' verify | cat`, terminal: 80 }).ended;
    expect(piped.out).toContain('\u001B[Kverifying demo: 1');
    expect(shownLines(piped.out)).toEqual(['5 records checked, 0 damaged.']);
  });

  it('writes no bytes of a value to it', async () => {
    const { code, out } = await start(['--dir', filled().root, 'show', 'aa11', '--raw'], { terminal: 80 }).ended;
    expect(code).toBe(2);
    expect(out).toContain('can upset a terminal');
  });
});
