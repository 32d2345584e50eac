import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import * as node from 'node:fs';
import { stubModule } from '../../support/stubbed-module.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const fs = stubModule('node:fs', node);
const { stampOf } = await import('../../../lib/stores/file/listing.ts');
const { TempCache } = await import('../../../lib/temp-cache.ts');

const { mkdirSync, statSync, symlinkSync, writeFileSync } = node;
const tempFolder = useTempFolders();

afterEach(() => {
  jest.restoreAllMocks();
});

describe('The stamp of a file', () => {
  it('is certain once the file has been left alone for longer than a tick of the clock', () => {
    const path = `${tempFolder()}/record`;
    writeFileSync(path, 'one');
    const { ctimeMs, ino } = statSync(path);
    const now = jest.spyOn(Date, 'now');
    for (const [later, isCertain] of [
      [-1000, false],
      [0, false],
      [50, false],
      [52, true],
    ] as const) {
      now.mockReturnValue(ctimeMs + later);
      expect(stampOf(path)).toEqual({ file: ino, changedAt: ctimeMs, size: 3, isCertain });
    }
  });

  it.each([
    ['2 s, as on FAT', 1_700_000_000_000, 2050],
    ['1 s', 1_700_000_001_000, 1050],
    ['0.1 s', 1_700_000_001_300, 150],
    ['10 ms', 1_700_000_001_230, 60],
    ['1 ms', 1_700_000_001_234, 51],
    ['a microsecond', 1_700_000_001_234.567, 50],
  ])('is certain only when no later change can have the same time: the grain is %s', (_, ctimeMs, after) => {
    const path = `${tempFolder()}/record`;
    writeFileSync(path, 'one');
    const stats = Object.assign(statSync(path), { ctimeMs });
    jest.spyOn(fs, 'lstatSync').mockReturnValue(stats);
    const now = jest.spyOn(Date, 'now').mockReturnValue(Math.floor(ctimeMs + after));
    expect(stampOf(path)?.isCertain).toBe(false);
    now.mockReturnValue(Math.floor(ctimeMs + after) + 1);
    expect(stampOf(path)?.isCertain).toBe(true);
  });

  it('is none where there is no file of ours', () => {
    const folder = tempFolder();
    mkdirSync(`${folder}/folder`);
    symlinkSync(`${folder}/nowhere`, `${folder}/link`);
    for (const name of ['absent', 'folder', 'link']) expect(stampOf(`${folder}/${name}`)).toBeUndefined();
  });
});

/** Undefined where this process may not mount. */
function mountWholeSeconds(folder: string): (() => void) | undefined {
  const [image, mount] = [`${folder}/image`, `${folder}/mount`];
  try {
    writeFileSync(image, new Uint8Array(8 * 2 ** 20));
    mkdirSync(mount);
    execFileSync('mkfs.ext4', ['-q', '-I', '128', '-F', image], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'loop', image, mount], { stdio: 'ignore' });
    return () => execFileSync('umount', ['-l', mount]);
  } catch {
    return undefined;
  }
}

/** As on a file system of that kind, where each new file has the number of the one before it. */
function stubWholeSeconds(): () => void {
  jest.spyOn(fs, 'lstatSync').mockImplementation((...args) => {
    const stats = node.lstatSync(...args);
    if (stats?.isFile() !== true) return stats;
    return Object.assign(stats, { ino: 7, ctimeMs: Math.floor(Number(stats.ctimeMs) / 1000) * 1000 });
  });
  return () => undefined;
}

describe('Where the times of files have whole seconds', () => {
  it.each(['as they are stubbed', 'on a file system of that kind, if one can be mounted'])(
    'what was read is not served from memory once it was replaced twice in that second: %s',
    (how) => {
      const folder = tempFolder();
      const isReal = !how.includes('stubbed');
      const release = (isReal ? mountWholeSeconds(folder) : undefined) ?? stubWholeSeconds();
      try {
        const path = `${folder}/mount/cache`;
        mkdirSync(path, { recursive: true, mode: 0o700 });
        const mine = new TempCache(path, { memory: true }).itemForKey(1);
        const others = new TempCache(path).itemForKey(1);
        const stat = (): node.Stats => fs.lstatSync(mine.path as string);
        // As often as it takes for all of it to happen within a second.
        for (let attempt = 0; attempt < 100; attempt++) {
          others.save('old');
          const before = stat();
          const now = jest.spyOn(Date, 'now').mockReturnValue(before.ctimeMs + 900);
          expect(mine.load()).toBe('old');
          now.mockRestore();
          others.save('mid');
          others.save('new');
          const { ino, ctimeMs } = stat();
          if (ino !== before.ino || ctimeMs !== before.ctimeMs) continue;
          expect(mine.load()).toBe('new');
          return;
        }
        throw new Error('It never happened within one second');
      } finally {
        release();
      }
    },
  );
});
