import { Buffer } from 'node:buffer';
import { renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { digestOfContent } from '../../../lib/functions/captures/file-digests.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const newFolder = useTempFolders();

describe('The digest of the content of a file', () => {
  it('is of its content, and says where there is none', () => {
    const path = join(newFolder(), 'a.txt');
    expect(digestOfContent(path)).toBe('missing');
    expect(digestOfContent(join(path, 'below'))).toBe('missing');
    writeFileSync(path, 'a'.repeat(200_000));
    const first = digestOfContent(path);
    writeFileSync(path, `${'a'.repeat(199_999)}b`);
    expect(digestOfContent(path)).not.toBe(first);
    writeFileSync(path, 'a'.repeat(200_000));
    expect(digestOfContent(path)).toBe(first);
  });

  it('is another one for a file of the same size and time that was changed, or has taken its place', () => {
    const folder = newFolder();
    const [path, other] = [join(folder, 'a.txt'), join(folder, 'b.txt')];
    const long = new Date('2020-01-01');
    for (const [file, text] of [
      [path, 'one'],
      [other, 'two'],
    ] as const) {
      writeFileSync(file, text);
      utimesSync(file, long, long);
    }
    const first = digestOfContent(path);
    renameSync(other, path);
    const second = digestOfContent(path);
    expect(second).not.toBe(first);
    writeFileSync(path, 'six');
    utimesSync(path, long, long);
    expect(digestOfContent(path)).not.toBe(second);
  });

  it('is kept for a file that was not changed of late', () => {
    const path = join(newFolder(), 'a.txt');
    writeFileSync(path, 'one');
    const { ctimeMs } = statSync(path);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(ctimeMs + 1999);
    // Each reading takes a block of memory.
    const reading = jest.spyOn(Buffer, 'allocUnsafe');
    try {
      for (const later of [1999, 1999, 2001, 2001, 2001]) {
        clock.mockReturnValue(ctimeMs + later);
        digestOfContent(path);
      }
      expect(reading).toHaveBeenCalledTimes(3);
    } finally {
      reading.mockRestore();
      clock.mockRestore();
    }
  });
});
