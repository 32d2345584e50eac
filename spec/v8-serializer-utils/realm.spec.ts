import { describe, expect, it } from '@jest/globals';
import { useScripts } from '../support/script-process.ts';

describe('values that are decoded in another realm than that of V8', () => {
  const start = useScripts();

  it('are whole, and objects of that realm', async () => {
    const execArgv = ['--experimental-vm-modules', '--experimental-import-meta-resolve', '--no-warnings'];
    expect(await start('in-realm', [], { execArgv }).next()).toEqual([]);
  });
});
