import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { join } from 'node:path';
import { deadToken } from '../../support/dead-writer.ts';
import { idOf } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { testStore, type MakeStore } from '../../support/test-store.ts';
import { takeLease } from '../../support/lease.ts';

let linkFails = 'EPERM';
const real = await import('node:fs');
jest.unstable_mockModule('node:fs', () => ({
  ...real,
  linkSync: () => {
    throw Object.assign(new Error('There are no links here'), { code: linkFails });
  },
}));
const { fileStore } = await import('../../../lib/stores/file/file-store.ts');

const tempFolder = useTempFolders();

beforeEach(() => {
  linkFails = 'EPERM';
});

const make: MakeStore = () => {
  const path = join(tempFolder(), 'folder');
  return { store: fileStore({ path }), other: fileStore({ path }) };
};

testStore('fileStore without hard links', make, { runsOut: false });

describe('Leases without hard links', () => {
  it.each(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV'])('are files of their own: %s', (code) => {
    linkFails = code;
    const path = tempFolder();
    const store = fileStore({ path });
    const lease = takeLease(store, idOf(0), 1000);
    expect(real.lstatSync(join(path, `${idOf(0)}.lease`))).toMatchObject({ nlink: 1 });
    expect(takeLease(fileStore({ path }), idOf(0), 1000)).toBeUndefined();
    lease?.release();
    expect(real.readdirSync(path)).toEqual([]);
  });

  it('are taken over from the dead', () => {
    const path = tempFolder();
    real.writeFileSync(join(path, `${idOf(0)}.lease`), deadToken());
    const store = fileStore({ path });
    expect(takeLease(store, idOf(0), 1000)).toMatchObject({ takenOver: true });
    expect(real.readdirSync(path)).toEqual([`${idOf(0)}.lease`]);
  });

  it('fail as an error of the store where nothing can be made', () => {
    linkFails = 'EROFS';
    const failure = { code: 'ERR_TEMPCACHE_STORE', id: idOf(0), message: expect.stringMatching(/read-only/) };
    expect(() => fileStore({ path: tempFolder() }).lease(idOf(0), 1000)).toThrow(expect.objectContaining(failure));
  });
});
