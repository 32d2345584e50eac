import { describe, expect, it } from '@jest/globals';
import { useScripts, type ScriptProcess } from '../support/script-process.ts';

const start = useScripts();
/** One of the program, and one of all copies. */
const LISTENERS = { isOther: true, listeners: 2 };
const WRITTEN = ['written', 'written by another copy', 'written late'];
const ORDER = [...WRITTEN, 'released', 'released, too', 'removed', 'of the program'];

async function saidBy(script: ScriptProcess, count: number): Promise<unknown[]> {
  const said: unknown[] = [];
  while (said.length < count) said.push(await script.next());
  return said;
}

describe('The end of a process', () => {
  it.each([
    ['return', 0],
    ['exit', 5],
    ['error', 1],
    ['thread', 0],
  ] as const)(
    'by %s has the work of several copies done, in order, before that of the program',
    async (ending, code) => {
      const script = start('on-exit', [ending]);
      expect(await saidBy(script, 1 + ORDER.length)).toEqual([LISTENERS, ...ORDER]);
      expect(await script.ended).toMatchObject({ code });
    },
  );

  it('leaves no listener where all work was cancelled', async () => {
    const script = start('on-exit', ['nothing']);
    expect(await saidBy(script, 3)).toEqual([LISTENERS, { listeners: 1 }, 'of the program']);
    expect(await script.ended).toMatchObject({ code: 0, errors: '' });
  });
});
