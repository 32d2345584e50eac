import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { entryFiles } from '../support/entry-files.ts';
import { useScripts, type ScriptProcess } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

interface State {
  readonly looks: number;
  readonly prunes: number;
  readonly turns: number;
}

async function stateOf(script: ScriptProcess, word = 'tell'): Promise<State> {
  script.tell(word);
  return (await script.next()) as State;
}

/** Asks all of them again and again until it is so. */
async function until(scripts: readonly ScriptProcess[], isSo: (states: readonly State[]) => boolean): Promise<void> {
  while (!isSo(await Promise.all(scripts.map(async (script) => stateOf(script))))) await setTimeout(20);
}

/** Starts processes that stay, and waits until they have saved. */
async function startAll(count: number, args: readonly [string, { maxAge: number; entries: number }]) {
  const [path, options] = args;
  const scripts = Array.from({ length: count }, () => start('prune-behind', [path, { ...options, live: true }]));
  for (const script of scripts) expect(await script.next()).toBe('saved');
  return scripts;
}

async function end(scripts: readonly ScriptProcess[]): Promise<State[]> {
  const states = await Promise.all(scripts.map(async (script) => stateOf(script, 'end')));
  for (const { ended } of scripts) expect(await ended).toEqual({ code: 0, signal: null, errors: '' });
  return states;
}

describe('What is expired', () => {
  it('goes in the background of a process that lives on, though it is not asked for and nothing more is saved', async () => {
    const path = `${tempFolder()}/cache`;
    const scripts = await startAll(1, [path, { maxAge: 1500, entries: 50 }]);
    while (entryFiles(path).length > 0) await setTimeout(20);
    const [state] = await end(scripts);
    expect(state?.prunes).toBeGreaterThan(0);
    expect(entryFiles(path)).toEqual([]);
  });

  it('is looked after by one of four processes', async () => {
    const path = `${tempFolder()}/cache`;
    const scripts = await startAll(4, [path, { maxAge: 3_600_000, entries: 10 }]);
    await until(
      scripts,
      (states) => states.every(({ looks }) => looks > 0) && states.some(({ prunes }) => prunes >= 1),
    );
    const states = await end(scripts);
    expect(states.filter(({ prunes }) => prunes > 0)).toMatchObject([{ prunes: 1 }]);
  });

  it('goes in small pieces, between which the event loop turns', async () => {
    const path = `${tempFolder()}/cache`;
    const scripts = await startAll(1, [path, { maxAge: 1, entries: 4000 }]);
    await until(scripts, ([state]) => (state?.prunes ?? 0) >= 1);
    const [state] = await end(scripts);
    expect(entryFiles(path)).toEqual([]);
    // Some steps for each entry, of which a turn takes 50 at most.
    expect(state?.turns).toBeGreaterThanOrEqual(80);
  });

  it('goes at the ends of processes that do not live on, and keeps none of them alive', async () => {
    const path = `${tempFolder()}/cache`;
    let left = Infinity;
    // Each removes a slice: on a machine that is busy it may be a small one.
    for (let n = 0; n < 100 && left > 0; n++) {
      const script = start('prune-behind', [path, { maxAge: 1, entries: 10, live: false }]);
      expect(await script.ended).toEqual({ code: 0, signal: null, errors: '' });
      left = entryFiles(path).length;
    }
    expect(left).toBe(0);
  });

  it('stays at the end of a process that only reads', async () => {
    const path = `${tempFolder()}/cache`;
    await startAll(1, [path, { maxAge: 3_600_000, entries: 3 }]).then(end);
    const before = readdirSync(path);
    const script = start('prune-behind', [path, { maxAge: 1, entries: 0, live: false }]);
    expect(await script.ended).toEqual({ code: 0, signal: null, errors: '' });
    expect(readdirSync(path)).toEqual(before);
  });

  it('may vanish with the folder in the middle of it', async () => {
    const path = `${tempFolder()}/cache`;
    const scripts = await startAll(1, [path, { maxAge: 1, entries: 2000 }]);
    await until(scripts, ([state]) => (state?.turns ?? 0) > 0);
    renameSync(path, `${path}-gone`);
    await setTimeout(100);
    await end(scripts);
    expect(existsSync(path)).toBe(false);
  });
});

describe('A last use', () => {
  it('is written when the process ends', async () => {
    const path = `${tempFolder()}/cache`;
    const store = fileStore({ path });
    const load = async (): Promise<unknown> => {
      const script = start('cached-load', [path, 1]);
      const { events } = (await script.next()) as { events: unknown };
      expect(await script.ended).toMatchObject({ code: 0, errors: '' });
      return events;
    };
    expect(await load()).toEqual(['miss', 'save', 'hit']);
    const [id] = entryFiles(path) as [string];
    store.touch(id, 1000);
    expect([await load(), store.stat(id)?.lastUsedAt === 1000]).toEqual([['hit', 'hit'], false]);
  });
});
