import { describe, expect, it } from '@jest/globals';
import { pathToFileURL } from 'node:url';
import { TempCache } from '../../lib/temp-cache.ts';
import { built } from '../support/built.ts';
import { useCommandProcesses } from '../support/command-process.ts';
import { entryFiles } from '../support/entry-files.ts';
import { fill, idFrom, useShelves, type Shelf } from '../support/shelf.ts';

const shelf = useShelves();
const start = useCommandProcesses();

/** A cache with more entries than a pipe holds. */
function big(): Shelf {
  const made = shelf();
  const cache = new TempCache(made.pathOf('big'), { stats: false });
  for (let n = 0; n < 2000; n++) cache.itemForKey(n).save('x'.repeat(100));
  cache.close();
  return made;
}

/** Makes the command halt for good in the middle of removing the entries of {@link big}, and show `halted`. */
function haltedInRemoval(): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import ${pathToFileURL(built('spec/processes/scripts/halt-in-removal.ts')).href}` };
}

describe('The command as a process', () => {
  it('writes its output to one stream, its remarks to the other, and ends with its code', async () => {
    const made = shelf();
    fill(made);
    const listed = await start(['--dir', made.root, 'ls', 'demo', '-n', '1']).ended;
    expect(listed).toMatchObject({ code: 0, err: '3 more entries: --limit all shows all\n' });
    expect(listed.out).not.toContain('\u001B');
    expect(await start(['--dir', made.root, 'ls', 'nobody']).ended).toMatchObject({ code: 1, out: '' });
    expect(await start(['ls', '--nothing']).ended).toMatchObject({ code: 2, out: '' });
    const painted = await start(['--dir', made.root, 'ls'], { env: { FORCE_COLOR: '1' } }).ended;
    expect(painted.out).toContain('\u001B[1mCACHE\u001B[22m');
  });

  it('gives bytes as they are to a pipe', async () => {
    const made = shelf();
    made.put('demo', { id: idFrom('ab11'), value: '\u00FF\n' });
    const shell = `tempcache --dir '${made.root}' show ab11 --raw | od -An -tx1`;
    expect((await start([], { shell }).ended).out.trim()).toBe('22 c3 bf 5c 6e 22');
  });

  it.each(['ls big --limit all', 'ls big --json'])(
    'ends quietly when nobody reads any more: %s | head',
    async (line) => {
      const made = big();
      const shell = `tempcache --dir '${made.root}' ${line} | head -n 1`;
      const { code, out, err } = await start([], { shell }).ended;
      expect([code, err]).toEqual([0, '']);
      expect(out.split('\n')).toHaveLength(2);
    },
  );

  it('writes all of a long output', async () => {
    const made = big();
    const { out } = await start(['--dir', made.root, 'ls', 'big', '--json']).ended;
    expect((JSON.parse(out) as { entries: unknown[] }).entries).toHaveLength(2000);
  });

  it('leaves whole what it was interrupted at', async () => {
    const made = big();
    const clearing = start(['--dir', made.root, 'clear', '--yes'], { terminal: 80, env: haltedInRemoval() });
    await clearing.shows('halted');
    // The terminal sends the signal, as Ctrl-C does.
    clearing.child.stdin?.write('\u0003');
    await clearing.ended;
    expect(entryFiles(made.pathOf('big'))).toHaveLength(1500);
    expect(await start(['--dir', made.root, 'verify', 'big']).ended).toMatchObject({
      code: 0,
      out: '1,500 records checked, 0 damaged.\n',
    });
    expect(await start(['--dir', made.root, 'doctor']).ended).toMatchObject({ code: 0 });
  });
});
