import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { ScriptProcess } from './script-process.ts';

/** Processes of `compute-rounds` that call for one missing value, three times each, compute it once and all have it, round after round. */
export async function expectOneRunEachRound(
  callers: readonly ScriptProcess[],
  { log, rounds }: { readonly log: string; readonly rounds: number },
): Promise<void> {
  for (const caller of callers) expect(await caller.next()).toBe('ready');
  for (let round = 0; round < rounds; round++) {
    for (const caller of callers) caller.tell(round);
    const answers = (await Promise.all(callers.map(async (caller) => caller.next()))).flat();
    expect(answers).toHaveLength(3 * callers.length);
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(answers[0]).toMatchObject({ round });
  }
  const runs = readFileSync(log, 'utf8').trim().split(' ').map(Number);
  expect(runs).toEqual(Array.from({ length: rounds }, (_, round) => round));
  for (const caller of callers) caller.tell('end');
  for (const caller of callers) expect(await caller.ended).toMatchObject({ code: 0, errors: '' });
}
