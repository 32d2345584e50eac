import { describe, expect, it } from '@jest/globals';
import { RUNTIMES } from '../support/runtimes.ts';
import { useScripts } from '../support/script-process.ts';

describe('the serializers in plain Node', () => {
  const start = useScripts();

  it.each(RUNTIMES)('%s keep or refuse every value of the table', async (_name, execArgv) => {
    const script = start('survival', [], { execArgv });
    // By the judgement of util.isDeepStrictEqual too.
    expect(await script.next()).toEqual({ checked: expect.any(Number), wrong: [] });
  });
});
