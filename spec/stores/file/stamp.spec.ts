import { describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { stampOf } from '../../../lib/stores/file/listing.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const tempFolder = useTempFolders();

describe('The stamp of a file', () => {
  it('is certain once the file has been left alone for longer than a tick of the clock', () => {
    const path = `${tempFolder()}/record`;
    writeFileSync(path, 'one');
    const { ctimeMs, ino } = statSync(path);
    const now = jest.spyOn(Date, 'now');
    try {
      for (const [later, isCertain] of [
        [-1000, false],
        [0, false],
        [50, false],
        [51, true],
      ] as const) {
        now.mockReturnValue(ctimeMs + later);
        expect(stampOf(path)).toEqual({ file: ino, changedAt: ctimeMs, size: 3, isCertain });
      }
    } finally {
      now.mockRestore();
    }
  });

  it('is none where there is no file of ours', () => {
    const folder = tempFolder();
    mkdirSync(`${folder}/folder`);
    symlinkSync(`${folder}/nowhere`, `${folder}/link`);
    for (const name of ['absent', 'folder', 'link']) expect(stampOf(`${folder}/${name}`)).toBeUndefined();
  });
});
