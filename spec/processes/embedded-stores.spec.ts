import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { expectOneRunEachRound } from '../support/rounds.ts';
import { useScripts, type ScriptProcess } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

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
    await expectOneRunEachRound(callers, { log, rounds: 20 });
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
