import { describe, expect, it } from '@jest/globals';
import { useScripts } from '../support/script-process.ts';

const start = useScripts();
const LISTENERS = { isOther: true, early: 0, exit: 1, term: 1 };

describe('The end of a process', () => {
  it.each([
    ['return', 0],
    ['exit', 5],
    ['SIGTERM', 'SIGTERM'],
  ] as const)(
    'by %s has the work of several copies done, by one listener, whatever some of it throws',
    async (ending, end) => {
      const script = start('end-of-process', [ending]);
      expect([await script.next(), await script.next(), await script.next()]).toEqual([LISTENERS, 'first', 'second']);
      const { code, signal, errors } = await script.ended;
      expect([code ?? signal, errors]).toEqual([end, '']);
    },
  );

  it('leaves no listener where all work was taken back', async () => {
    const script = start('end-of-process', ['nothing']);
    expect([await script.next(), await script.next()]).toEqual([LISTENERS, { exit: 0, term: 0 }]);
    expect(await script.ended).toMatchObject({ code: 0, errors: '' });
  });
});
