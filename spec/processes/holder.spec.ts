import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { TempCache } from '../../lib/temp-cache.ts';
import { entryFiles } from '../support/entry-files.ts';
import { useScripts, type ScriptProcess } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

interface Outcome {
  readonly by?: number;
  readonly failure?: string;
  readonly events: readonly string[];
}

/** What a caller says last, whatever it says before. */
async function outcomeOf(caller: ScriptProcess): Promise<Outcome> {
  for (;;) {
    const said = await caller.next();
    if (typeof said === 'object') return said as Outcome;
  }
}

describe.each(['sync', 'async'])('When a process computes a value through a function that is %s', (kind) => {
  /** A process in the middle of its computation, and three that wait for it. */
  async function begin({ ending, waitTimeout = '10m' }: { ending?: string; waitTimeout?: string } = {}) {
    const folder = tempFolder();
    const task = { path: `${folder}/cache`, log: `${folder}/log`, kind, options: { waitTimeout } };
    const gate = `${folder}/gate`;
    const holder = start('compute-gated', [{ ...task, gate, ending }]);
    expect([await holder.next(), await holder.next()]).toEqual(['asks', 'computes']);
    const waiters = [1, 2, 3].map(() => start('compute-gated', [task]));
    for (const waiter of waiters) expect(await waiter.next()).toBe('asks');
    const runs = (): number[] => readFileSync(task.log, 'utf8').trim().split(' ').map(Number);
    return { ...task, holder, waiters, open: () => writeFileSync(gate, ''), runs };
  }

  /** After the last of them has ended, and nobody has seen anything amiss. */
  async function afterAll({ path }: { path: string }, callers: readonly ScriptProcess[]): Promise<TempCache> {
    for (const caller of callers) expect(await caller.ended).toMatchObject({ code: 0, errors: '' });
    const pruning = new TempCache(path);
    pruning.prune();
    pruning.close();
    const cache = new TempCache(path);
    expect(entryFiles(path)).toEqual([[...cache.items()][0]?.id]);
    return cache;
  }

  it('and ends, all who wait have that value', async () => {
    const all = await begin();
    all.open();
    const outcomes = await Promise.all([all.holder, ...all.waiters].map(outcomeOf));
    expect(outcomes.map(({ by }) => by)).toEqual(Array(4).fill(all.holder.pid));
    const ways = outcomes.map(({ events }) => events.join(' '));
    // Who asks when all is done already has a hit.
    expect(ways).toEqual(['miss save', ...Array(3).fill(expect.stringMatching(/^(?:coalesced|hit)$/))]);
    expect(all.runs()).toEqual([all.holder.pid]);
    await afterAll(all, [all.holder, ...all.waiters]);
  });

  it('and is killed, one other computes it at once, and nothing is left', async () => {
    const all = await begin();
    all.holder.kill('SIGKILL');
    // A waiter that waited for its timeout would wait for ten minutes.
    const outcomes = await Promise.all(all.waiters.map(outcomeOf));
    const [first, second, ...more] = all.runs();
    expect([first, more]).toEqual([all.holder.pid, []]);
    expect(outcomes.map(({ by }) => by)).toEqual(Array(3).fill(second));
    expect(outcomes.filter(({ events }) => events.join(' ') === 'takeover miss save')).toHaveLength(1);
    expect(outcomes.filter(({ events }) => /^(?:coalesced|hit)$/.test(events.join(' ')))).toHaveLength(2);
    await afterAll(all, all.waiters);
  });

  it('and is stopped for too long, the others answer, and when it goes on nothing breaks', async () => {
    const all = await begin({ waitTimeout: '200ms' });
    all.holder.kill('SIGSTOP');
    const outcomes = await Promise.all(all.waiters.map(outcomeOf));
    for (const { by, failure } of outcomes) expect([typeof by, failure]).toEqual(['number', undefined]);
    all.open();
    all.holder.kill('SIGCONT');
    // It comes too late: those who did not wait have stored newer values.
    expect(await outcomeOf(all.holder)).toEqual({ by: all.holder.pid, events: ['miss', 'skip'] });
    const cache = await afterAll(all, [all.holder, ...all.waiters]);
    const [item] = cache.items();
    const stored = outcomes.map(({ by }) => ({ by, filler: 'x'.repeat(100_000) }));
    expect(stored).toContainEqual(item?.load());
  });

  it('and throws, its caller has the error, and one of the others tries next', async () => {
    const all = await begin({ ending: 'throws' });
    all.open();
    expect(await outcomeOf(all.holder)).toEqual({ failure: `failed in ${all.holder.pid}`, events: ['miss'] });
    const outcomes = await Promise.all(all.waiters.map(outcomeOf));
    const [first, second, ...more] = all.runs();
    expect([first, more]).toEqual([all.holder.pid, []]);
    expect(outcomes.map(({ by }) => by)).toEqual(Array(3).fill(second));
    await afterAll(all, [all.holder, ...all.waiters]);
  });

  it.each(['throws NoCache', 'gives a function'])(
    'and %s, which is not stored, all who wait compute at once, and so does who asks later',
    async (ending) => {
      const folder = tempFolder();
      const task = { path: `${folder}/cache`, log: `${folder}/log`, kind, ending };
      const [first, second] = [`${folder}/first`, `${folder}/second`];
      const holder = start('compute-gated', [{ ...task, gate: first }]);
      expect([await holder.next(), await holder.next()]).toEqual(['asks', 'computes']);
      const waiters = [1, 2, 3].map(() => start('compute-gated', [{ ...task, gate: second }]));
      for (const waiter of waiters) expect([await waiter.next(), await waiter.next()]).toEqual(['asks', 'waits']);
      writeFileSync(first, '');
      expect(await outcomeOf(holder)).toMatchObject({ by: holder.pid });
      // Each of them computes before any has ended.
      for (const waiter of waiters) expect(await waiter.next()).toBe('computes');
      const later = [1, 2].map(() => start('compute-gated', [{ ...task, gate: second }]));
      for (const caller of later) expect([await caller.next(), await caller.next()]).toEqual(['asks', 'computes']);
      writeFileSync(second, '');
      const callers = [...waiters, ...later];
      const outcomes = await Promise.all(callers.map(outcomeOf));
      expect(outcomes.map(({ by }) => by)).toEqual(callers.map(({ pid }) => pid));
    },
  );
});
