import { describe, expect, it, jest } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { TempCache } from '../../lib/temp-cache.ts';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

interface Answer {
  readonly value: string;
  readonly events: readonly string[];
}

/** A folder with values of the function of `serve-stale` that are an hour old. */
function prepare() {
  const folder = tempFolder();
  const [path, log, gate] = [`${folder}/cache`, `${folder}/log`, `${folder}/gate`];
  writeFileSync(log, '');
  const spy = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
  const load = new TempCache(path).wrap(async (_n: number) => 'old', { name: 'load', version: '1' });
  for (const n of [0, 1]) load.cache.itemFor(n).save('old');
  spy.mockRestore();
  return { path, log, gate, runs: () => readFileSync(log, 'utf8').trim().split(' ').filter(Boolean) };
}

describe('A value past its age', () => {
  it('is served at once by four processes while it is computed anew in the background, once', async () => {
    const { path, log, gate, runs } = prepare();
    const callers = [1, 2, 3, 4].map(() => start('serve-stale', [path, log, gate, 'listen']));
    const ask = async (): Promise<Answer[]> => {
      for (const caller of callers) caller.tell(1);
      return Promise.all(callers.map(async (caller) => (await caller.next()) as Answer));
    };
    // The gate is shut: what comes now has not waited for the computation.
    for (let round = 0; round < 5; round++) {
      for (const { value, events } of await ask()) {
        expect([value, events[0]]).toEqual(['old', 'stale']);
      }
    }
    writeFileSync(gate, '');
    let answers = await ask();
    while (answers.some(({ value }) => value === 'old')) {
      await setTimeout(5);
      answers = await ask();
    }
    expect(runs()).toHaveLength(1);
    for (const caller of callers) caller.tell('end');
    for (const caller of callers) expect(await caller.ended).toMatchObject({ code: 0, errors: '' });
  });

  it('is served by a process that ends thereupon, whatever would have to be waited for', async () => {
    const { path, log, gate } = prepare();
    const script = start('serve-stale', [path, log, gate, 'end']);
    expect(await script.next()).toMatchObject({ value: 'old', events: ['stale'] });
    // The gate is never opened.
    expect(await script.ended).toMatchObject({ code: 0, errors: '' });
  });
});
