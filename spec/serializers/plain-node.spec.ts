import { describe, expect, it } from '@jest/globals';
import { useScripts } from '../support/script-process.ts';

describe('the serializers in plain Node', () => {
  const start = useScripts();

  it('keep or refuse every value of the table, by the judgement of util.isDeepStrictEqual too', async () => {
    const script = start('survival');
    expect(await script.next()).toEqual({ checked: expect.any(Number), wrong: [] });
  });
});
