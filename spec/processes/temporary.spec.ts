import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { useScripts } from '../support/script-process.ts';

describe('A temporary cache', () => {
  const start = useScripts();

  it.each([
    ['returns', 'return', 0],
    ['calls process.exit', 'exit', 3],
    ['throws', 'throw', 1],
    ['leaves a rejection unhandled', 'unhandled', 1],
  ])('is removed when its process %s', async (_, ending, code) => {
    const script = start('temporary-cache', [ending]);
    const { path, other } = (await script.next()) as { path: string; other: string };
    expect([existsSync(path), existsSync(other)]).toEqual([true, true]);
    script.tell('end');
    expect(await script.ended).toMatchObject({ code });
    expect([existsSync(path), existsSync(other)]).toEqual([false, false]);
  });
});
