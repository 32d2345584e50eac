import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type * as Fs from 'node:fs';
import { join } from 'node:path';
import { bytesOf, failureOf, idOf, NEVER, stored, summary } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

/** Steps of the file system that a spec may replace. */
const real = await import('node:fs');
const steps = {
  openSync: real.openSync,
  writeSync: real.writeSync,
  writevSync: real.writevSync,
  renameSync: real.renameSync,
};
const faulty = { ...steps };
jest.unstable_mockModule('node:fs', () => ({
  ...real,
  openSync: (...args: Parameters<typeof Fs.openSync>) => faulty.openSync(...args),
  writeSync: (...args: readonly unknown[]) => (faulty.writeSync as (...args: readonly unknown[]) => number)(...args),
  writevSync: (...args: Parameters<typeof Fs.writevSync>) => faulty.writevSync(...args),
  renameSync: (...args: Parameters<typeof Fs.renameSync>) => faulty.renameSync(...args),
}));
const { fileStore } = await import('../../../lib/stores/file/file-store.ts');

const tempFolder = useTempFolders();

beforeEach(() => {
  Object.assign(faulty, steps);
});

function failing(code: string): () => never {
  return () => {
    throw Object.assign(new Error(`It fails: ${code}`), { code });
  };
}

function shortWrite(fd: number, part: Uint8Array, offset = 0, length = part.length): number {
  return real.writeSync(fd, part, offset, Math.min(length, 700));
}

describe('A save', () => {
  it('goes on where the file system takes less than it is given', async () => {
    const path = tempFolder();
    faulty.writeSync = shortWrite as typeof Fs.writeSync;
    faulty.writevSync = (fd, parts) => shortWrite(fd, Buffer.concat(parts as Uint8Array[]));
    const store = fileStore({ path });
    for (const parts of [[bytesOf(5000)], [bytesOf(300), bytesOf(0), bytesOf(900, 1), bytesOf(5000, 2)]]) {
      store.set(idOf(0), parts, NEVER);
      expect(await stored(store, idOf(0))).toBe(summary(Buffer.concat(parts)));
    }
  });

  it.each(['openSync', 'writeSync', 'writevSync', 'renameSync'] as const)(
    'that fails keeps the old record and leaves no temporary file: %s',
    async (step) => {
      const path = tempFolder();
      const store = fileStore({ path });
      store.set(idOf(0), [bytesOf(10)], NEVER);
      faulty[step] = failing('ENOSPC');
      const record = step === 'writevSync' ? [bytesOf(5), bytesOf(6)] : [bytesOf(20)];
      const failure = await failureOf(() => store.set(idOf(0), record, NEVER));
      expect(failure).toMatchObject({ code: 'ERR_TEMPCACHE_STORE', id: idOf(0), cause: { code: 'ENOSPC' } });
      expect((failure as Error).message).toMatch(/ENOSPC; the disk is full/);
      Object.assign(faulty, steps);
      expect(real.readdirSync(path)).toEqual([idOf(0)]);
      expect(await stored(store, idOf(0))).toBe(summary(bytesOf(10)));
    },
  );

  it('fails where the file system takes no bytes at all', async () => {
    faulty.writeSync = () => 0;
    const failure = await failureOf(() => fileStore({ path: tempFolder() }).set(idOf(0), [bytesOf(20)], NEVER));
    expect(failure).toMatchObject({ cause: { code: 'ENOSPC' } });
  });

  it('tries again when the folder vanishes in the middle, and gives up the tenth time', async () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    let vanishings = 9;
    faulty.renameSync = (from, to) => {
      if (vanishings-- > 0) real.rmSync(path, { recursive: true });
      real.renameSync(from, to);
    };
    store.set(idOf(0), [bytesOf(20)], NEVER);
    expect(await stored(store, idOf(0))).toBe(summary(bytesOf(20)));
    vanishings = 10;
    const failure = await failureOf(() => store.set(idOf(0), [bytesOf(20)], NEVER));
    expect(failure).toMatchObject({ code: 'ERR_TEMPCACHE_STORE', cause: { code: 'ENOENT' } });
  });

  it('never writes under a name that is there', () => {
    const path = tempFolder();
    const store = fileStore({ path });
    store.set(idOf(0), [bytesOf(20)], NEVER);
    const flags: unknown[] = [];
    faulty.openSync = (...args) => {
      flags.push(args[1], args[2]);
      return real.openSync(...args);
    };
    store.set(idOf(0), [bytesOf(20)], NEVER);
    expect(flags).toEqual(['wx', 0o600]);
  });
});
