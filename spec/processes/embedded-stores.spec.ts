import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { useScripts, type ScriptProcess } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const ROUNDS = 20;
const start = useScripts();
const tempFolder = useTempFolders();

/** What a process says next that is not the one thing that it may say before. */
async function firstBut(ignored: unknown, { next }: ScriptProcess): Promise<unknown> {
  const said = await next();
  return said === ignored ? next() : said;
}

describe.each(['sqlite', 'lmdb'])('Processes that share one cache.%s', (kind) => {
  it.each(['sync', 'async'])('compute a missing value once, round after round, by %s functions', async (how) => {
    const folder = tempFolder();
    const [path, log] = [`${folder}/new/cache.${kind}`, `${folder}/log`];
    writeFileSync(log, '');
    const callers = [1, 2, 3, 4].map(() => start('compute-rounds', [path, log, how, 'function']));
    for (const caller of callers) expect(await caller.next()).toBe('ready');
    for (let round = 0; round < ROUNDS; round++) {
      for (const caller of callers) caller.tell(round);
      const answers = (await Promise.all(callers.map(async (caller) => caller.next()))).flat();
      expect(answers).toEqual(Array(12).fill(answers[0]));
      expect(answers[0]).toMatchObject({ round });
    }
    const runs = readFileSync(log, 'utf8').trim().split(' ').map(Number);
    expect(runs).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));
    for (const caller of callers) caller.tell('end');
    for (const caller of callers) expect(await caller.ended).toMatchObject({ code: 0, errors: '' });
  });

  it.each(['sync', 'async'] as const)('take over at once where a holder is killed, by %s functions', async (how) => {
    const folder = tempFolder();
    const task = { path: `${folder}/cache.${kind}`, log: `${folder}/log`, kind: how };
    const holder = start('compute-gated', [{ ...task, gate: `${folder}/never` }]);
    expect([await holder.next(), await holder.next()]).toEqual(['asks', 'computes']);
    const waiter = start('compute-gated', [task]);
    expect(await waiter.next()).toBe('asks');
    holder.kill('SIGKILL');
    expect(await firstBut('waits', waiter)).toBe('computes');
    expect(await waiter.next()).toMatchObject({ by: waiter.pid, events: expect.arrayContaining(['takeover', 'save']) });
  });
});
