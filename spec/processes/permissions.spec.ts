import { describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { useCommandProcesses } from '../support/command-process.ts';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const command = useCommandProcesses();
const tempFolder = useTempFolders();

const [MAJOR = 0] = process.versions.node.split('.').map(Number);
const FLAG = MAJOR < 24 ? '--experimental-permission' : '--permission';

describe("Under Node's permission model", () => {
  it.each([true, false])('a cache works that may write to its own folder alone: there already: %j', async (isThere) => {
    const path = join(tempFolder(), 'cache');
    if (isThere) mkdirSync(path, { mode: 0o700 });
    const execArgv = [FLAG, '--allow-fs-read=*', `--allow-fs-write=${path}/*`, '--no-warnings'];
    const script = start('cached-load', [path, 1], { execArgv });
    expect(await script.next()).toMatchObject({ events: ['miss', 'save', 'hit'] });
    expect(await script.ended).toEqual({ code: 0, signal: null, errors: '' });
    expect(existsSync(join(path, 'counters'))).toBe(true);
  });

  it('the doctor says that nothing shows what functions capture', async () => {
    const flags = [FLAG, '--allow-fs-read=*', '--allow-fs-write=*', '--no-warnings'].join(' ');
    const doctor = command(['--dir', tempFolder(), 'doctor'], { env: { NODE_OPTIONS: flags } });
    expect(await doctor.ended).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^identity +of a function: its name and its text count: .*\(ERR_ACCESS_DENIED\)\.$/m),
    });
  });
});
