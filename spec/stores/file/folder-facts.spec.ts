import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileSystemOf } from '../../../lib/stores/file/folder-facts.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const tempFolder = useTempFolders();

describe('The file system of a folder', () => {
  it('has space, more in all than is free', () => {
    const { freeBytes, totalBytes, isOutOfFiles } = fileSystemOf(tempFolder());
    expect(freeBytes).toBeGreaterThan(0);
    expect(totalBytes).toBeGreaterThanOrEqual(freeBytes as number);
    expect(isOutOfFiles).toBe(false);
  });

  it('is that of the next folder above for one that is not there', () => {
    const folder = tempFolder();
    const { freeBytes: _, ...facts } = fileSystemOf(folder);
    expect(fileSystemOf(join(folder, 'not', 'there'))).toMatchObject(facts);
  });

  if (existsSync('/proc/self/mountinfo')) {
    it('has the type of the innermost mount', () => {
      expect(fileSystemOf('/proc/self').fileSystem).toBe('proc');
      const root = readFileSync('/proc/self/mountinfo', 'utf8')
        .split('\n')
        .filter((line) => line.split(' ')[4] === '/');
      const [type] = root.at(-1)?.split(' - ')[1]?.split(' ') ?? [];
      expect(fileSystemOf('/').fileSystem).toBe(type);
    });
  }
});
