import { expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { expectOneRunEachRound } from './rounds.ts';
import { useScripts } from './script-process.ts';
import { useTempFolders } from './temp-folder.ts';

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
    await expectOneRunEachRound(callers, { log, rounds: 20 });
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
