import { describe, expect, it, jest } from '@jest/globals';
import * as node from 'node:os';
import { join } from 'node:path';
import { stubModule } from '../support/stubbed-module.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const os = stubModule('node:os', node);
// As it does where there is no temp folder, and in a bundle that cannot load it.
jest.unstable_mockModule('tmp-promise', () => ({
  dirSync() {
    throw new Error('not here');
  },
}));
const { temporaryFolder } = await import('../../lib/runtime/temporary-folder.ts');

const tempFolder = useTempFolders();

describe('A temporary folder', () => {
  it('is refused with an error of this package where there is no place for it', () => {
    const gone = join(tempFolder(), 'gone');
    jest.spyOn(os, 'tmpdir').mockReturnValue(gone);
    const says = `Cannot make a temporary folder in ${gone}: ENOENT; make sure that this one can be written to, or set TMPDIR`;
    const failure = { code: 'ERR_TEMPCACHE_STORE', path: gone, message: expect.stringContaining(says) };
    expect(() => temporaryFolder()).toThrow(expect.objectContaining(failure));
  });
});
