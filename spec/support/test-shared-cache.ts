import { expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { useScripts } from './script-process.ts';
import { useTempFolders } from './temp-folder.ts';

const ROUNDS = 20;

/** What processes do that share a cache on a server; `urlFor` gives the URL of a store of its own for each name. */
export function testSharedCache(urlFor: (name: string) => string): void {
  const start = useScripts();
  const tempFolder = useTempFolders();
  const env = (name: string) => ({ env: { SPEC_STORE_URL: urlFor(name) } });

  it.each(['function', 'item'])('compute a missing value once, round after round, through a %s', async (through) => {
    const log = `${tempFolder()}/log`;
    writeFileSync(log, '');
    const callers = ['sync', 'async', 'promise', 'async'].map((how) =>
      start('compute-rounds', ['rounds', log, through === 'function' ? 'async' : how, through], env(through)),
    );
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

  it('take over at once where a holder is killed, and end by themselves', async () => {
    const folder = tempFolder();
    const task = { path: 'gated', log: `${folder}/log`, kind: 'async' };
    const holder = start('compute-gated', [{ ...task, gate: `${folder}/never` }], env('killed'));
    expect([await holder.next(), await holder.next()]).toEqual(['asks', 'computes']);
    const waiter = start('compute-gated', [task], env('killed'));
    expect([await waiter.next(), await waiter.next()]).toEqual(['asks', 'waits']);
    holder.kill('SIGKILL');
    expect(await waiter.next()).toBe('computes');
    expect(await waiter.next()).toMatchObject({ by: waiter.pid, events: ['takeover', 'miss', 'save'] });
    expect(await waiter.ended).toMatchObject({ code: 0, errors: '' });
  });
}
