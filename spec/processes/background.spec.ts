import { describe, expect, it } from '@jest/globals';
import { useScripts } from '../support/script-process.ts';

const start = useScripts();

describe('Work in the background', () => {
  it('goes on in a process in which nothing else happens', async () => {
    const script = start('work-in-background', [1000]);
    expect(await script.next()).toBe('done');
    script.tell('end');
    expect(await script.ended).toMatchObject({ code: 0, errors: '' });
  });
});
