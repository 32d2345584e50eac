import { describe, expect, it } from '@jest/globals';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const ROUNDS = 60;
const start = useScripts();
const tempFolder = useTempFolders();

describe('Functions that call each other', () => {
  // With the default waitTimeout of ten minutes, two that waited for each other would outlast the spec by far.
  it.each([
    ['synchronous', ['sync', 'sync', 'sync']],
    ['asynchronous', ['async', 'async', 'async']],
  ])('that are %s give their values in three processes, whoever begins', async (_what, kinds) => {
    const path = `${tempFolder()}/cache`;
    const callers = kinds.map((kind) => start('call-each-other', [path, kind]));
    for (const caller of callers) expect(await caller.next()).toBe('ready');
    for (let round = 0; round < ROUNDS; round++) {
      for (const [at, caller] of callers.entries()) caller.tell([(at + round) % 2 === 0 ? 'ping' : 'pong', round]);
      expect(await Promise.all(callers.map(async (caller) => caller.next()))).toEqual(Array(3).fill(round));
    }
    for (const caller of callers) caller.tell('end');
    for (const caller of callers) expect(await caller.ended).toMatchObject({ code: 0, errors: '' });
  });
});
