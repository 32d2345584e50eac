import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { bytesOf, failureOf, idOf, NEVER } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { takeLease } from '../../support/lease.ts';

const tempFolder = useTempFolders();

/** What a home folder may hold, with names that come close to ours. */
const FILES = [
  'letter.txt',
  '.profile',
  `${idOf(0)}.txt`,
  idOf(1).toUpperCase(),
  idOf(2).slice(1),
  `x${idOf(3)}`,
  'tmp-file.txt',
  'tmp-',
  'x.lease',
  `${idOf(4)}.leases`,
  `${idOf(4)}.break-1`,
];

function homeFolder(): string {
  const home = tempFolder();
  for (const name of FILES) writeFileSync(join(home, name), name);
  for (const name of ['documents', idOf(5), `${idOf(5)}.lease`]) {
    mkdirSync(join(home, name));
    writeFileSync(join(home, name, idOf(6)), 'deep');
  }
  symlinkSync(join(home, 'letter.txt'), join(home, idOf(7)));
  symlinkSync(join(home, 'documents'), join(home, `${idOf(7)}.lease`));
  return home;
}

function picture(folder: string): unknown {
  const names = readdirSync(folder).sort();
  return names.map((name) => [name, FILES.includes(name) && readFileSync(join(folder, name), 'utf8')]);
}

describe('Foreign files', () => {
  it('survive clear, sweep and destroy, and the folder with them', () => {
    const home = homeFolder();
    const before = picture(home);
    const store = fileStore({ path: home });
    store.set(idOf('record'), [bytesOf(10)], NEVER);
    const lease = takeLease(store, idOf('lease'), 1000);
    store.sweep();
    expect(store.clear()).toBe(1);
    expect(lease?.renew()).toBe(true);
    store.destroy();
    expect(picture(home)).toEqual(before);
    expect(readFileSync(join(home, idOf(5), idOf(6)), 'utf8')).toBe('deep');
  });

  it('are not listed', () => {
    const store = fileStore({ path: homeFolder() });
    expect([...store.entries()]).toEqual([]);
    store.set(idOf('record'), [bytesOf(10)], NEVER);
    expect([...store.entries()].map(({ id }) => id)).toEqual([idOf('record')]);
  });

  it('leave nothing of ours behind them', () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    store.set(idOf(0), [bytesOf(10)], NEVER);
    takeLease(store, idOf(1), 1000);
    store.destroy();
    expect(existsSync(path)).toBe(false);
  });

  it('in the place of a record are an error, and never followed or waited for', async () => {
    const path = tempFolder();
    const store = fileStore({ path });
    writeFileSync(join(path, 'secret'), 'secret');
    symlinkSync(join(path, 'secret'), join(path, idOf('link')));
    mkdirSync(join(path, idOf('folder')));
    execFileSync('mkfifo', [join(path, idOf('pipe'))]);
    for (const name of ['link', 'folder', 'pipe']) {
      for (const call of [() => store.get(idOf(name)), () => store.peek(idOf(name))]) {
        const details = { code: 'ERR_TEMPCACHE_STORE', id: idOf(name), path: join(path, idOf(name)) };
        expect(await failureOf(call)).toMatchObject(details);
      }
    }
  });

  it('in the place of a record are replaced by it, but for a folder', async () => {
    const path = tempFolder();
    const store = fileStore({ path });
    writeFileSync(join(path, 'secret'), 'secret');
    symlinkSync(join(path, 'secret'), join(path, idOf('link')));
    mkdirSync(join(path, idOf('folder')));
    store.set(idOf('link'), [bytesOf(3)], NEVER);
    expect(store.get(idOf('link'))).toHaveLength(1);
    expect(readFileSync(join(path, 'secret'), 'utf8')).toBe('secret');
    const failure = await failureOf(() => store.set(idOf('folder'), [bytesOf(3)], NEVER));
    expect(failure).toMatchObject({ code: 'ERR_TEMPCACHE_STORE', cause: { code: 'EISDIR' } });
    expect(readdirSync(path).filter((name) => name.startsWith('tmp-'))).toEqual([]);
  });
});
