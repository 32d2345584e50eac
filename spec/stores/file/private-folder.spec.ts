import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as node from 'node:fs';
import { dirname, join } from 'node:path';
import type { SyncStore } from '../../../lib/stores/store.ts';
import { idOf, NEVER } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { takeLease } from '../../support/lease.ts';
import { stubModule } from '../../support/stubbed-module.ts';

const fs = stubModule('node:fs', node);
const { fileStore } = await import('../../../lib/stores/file/file-store.ts');

const tempFolder = useTempFolders();
const isRoot = process.getuid?.() === 0;

afterEach(() => {
  jest.restoreAllMocks();
});

function modeOf(path: string): number {
  return fs.lstatSync(path).mode & 0o7777;
}

function callsOf(store: SyncStore): (() => unknown)[] {
  return [
    () => store.get(idOf(0)),
    () => store.peek(idOf(0)),
    () => store.set(idOf(0), [Buffer.from('new')], NEVER),
    () => store.delete(idOf(0)),
    () => [...store.entries()],
    () => store.clear(),
    () => store.sweep(),
    () => takeLease(store, idOf(0), 1000),
    () => store.destroy(),
  ];
}

/** A folder in which somebody has put a record and a leftover. */
function preparedFolder(path: string): void {
  fs.mkdirSync(path, { mode: 0o700 });
  fs.writeFileSync(join(path, idOf(0)), 'planted');
}

function expectRefusal(store: SyncStore, { folder, says }: { folder: string; says: RegExp }): void {
  const before = fs.readdirSync(folder);
  const refusal = { code: 'ERR_TEMPCACHE_UNSAFE_FOLDER', message: expect.stringMatching(says) };
  for (const call of callsOf(store)) expect(call).toThrow(expect.objectContaining(refusal));
  expect(fs.readdirSync(folder)).toEqual(before);
}

describe('A private folder', () => {
  it('is not there before the first save, whatever else is called', () => {
    const root = join(tempFolder(), 'root');
    const store = fileStore({ root, path: join(root, 'folder') });
    for (const call of callsOf(store).filter((_, n) => n !== 2 && n !== 7)) call();
    expect(fs.existsSync(root)).toBe(false);
  });

  it('is made for its owner alone, and so are its parents and files', () => {
    const root = join(tempFolder(), 'parent', 'root');
    const path = join(root, 'a', 'b');
    const store = fileStore({ root, path });
    store.set(idOf(0), [Buffer.from('record')], NEVER);
    const lease = takeLease(store, idOf(1), 1000);
    for (const folder of [path, dirname(path), root, dirname(root)]) expect(modeOf(folder)).toBe(0o700);
    expect(fs.readdirSync(path)).toHaveLength(3);
    for (const file of fs.readdirSync(path)) expect(modeOf(join(path, file))).toBe(0o600);
    lease?.release();
    store.close();
    expect(fs.readdirSync(path)).toEqual([idOf(0)]);
  });

  it('is made without a look at its parents where these are there, which this process may have no right to make', () => {
    const root = join(tempFolder(), 'root');
    const path = join(root, 'folder');
    fs.mkdirSync(root, { mode: 0o700 });
    const made = jest.spyOn(fs, 'mkdirSync');
    fileStore({ root, path }).set(idOf(0), [Buffer.from('record')], NEVER);
    expect(made.mock.calls.map(([folder]) => folder)).toEqual([path]);
  });

  it('says that the file system is read-only, whatever is missing on the way', () => {
    const mount = join(tempFolder(), 'mount');
    fs.mkdirSync(mount);
    const make = fs.mkdirSync;
    // As a read-only file system answers.
    jest.spyOn(fs, 'mkdirSync').mockImplementation(((folder: string) => {
      if (!fs.existsSync(dirname(folder))) throw Object.assign(new Error('no entry'), { code: 'ENOENT' });
      if (folder.startsWith(mount) && !fs.existsSync(folder)) throw Object.assign(new Error('no'), { code: 'EROFS' });
      return make(folder);
    }) as typeof make);
    const failure = {
      code: 'ERR_TEMPCACHE_STORE',
      message: expect.stringMatching(/EROFS; the file system is read-only/),
    };
    for (const path of [join(mount, 'a'), join(mount, 'a', 'b', 'c')]) {
      expect(() => fileStore({ path }).set(idOf(0), [], NEVER)).toThrow(expect.objectContaining(failure));
    }
  });

  it.each([0o770, 0o720, 0o1777, 0o702])('is refused when others can write to it: mode %o', (mode) => {
    const path = join(tempFolder(), 'folder');
    preparedFolder(path);
    fs.chmodSync(path, mode);
    expectRefusal(fileStore({ path }), { folder: path, says: /others can write.*chmod go-w/ });
  });

  it('is used when others can only read it', () => {
    const path = join(tempFolder(), 'folder');
    preparedFolder(path);
    fs.chmodSync(path, 0o755);
    expect(fileStore({ path }).get(idOf(0))).toBeDefined();
  });

  it('is refused when its root can be written by others', () => {
    const root = join(tempFolder(), 'root');
    fs.mkdirSync(root);
    fs.chmodSync(root, 0o777);
    preparedFolder(join(root, 'folder'));
    expectRefusal(fileStore({ root, path: join(root, 'folder') }), { folder: root, says: new RegExp(root) });
  });

  it('is refused when it, or its root, is a symbolic link', () => {
    const base = tempFolder();
    preparedFolder(join(base, 'real'));
    fs.symlinkSync(join(base, 'real'), join(base, 'link'));
    expectRefusal(fileStore({ path: join(base, 'link') }), { folder: join(base, 'real'), says: /symbolic link/ });
    const inside = fileStore({ root: join(base, 'link'), path: join(base, 'link', 'folder') });
    expectRefusal(inside, { folder: join(base, 'real'), says: /symbolic link/ });
  });

  it('is refused when it is a link that leads nowhere, which is not followed to make it', () => {
    const base = tempFolder();
    fs.symlinkSync(join(base, 'target'), join(base, 'link'));
    expectRefusal(fileStore({ path: join(base, 'link') }), { folder: base, says: /symbolic link/ });
  });

  it('is refused when it is a file', () => {
    const base = tempFolder();
    fs.writeFileSync(join(base, 'file'), '');
    expectRefusal(fileStore({ path: join(base, 'file') }), { folder: base, says: /not a folder/ });
  });

  it('is refused when it belongs to another user', () => {
    // Who is not root cannot give a folder away, but finds one that belongs to root.
    const root = isRoot ? join(tempFolder(), 'root') : '/usr';
    if (isRoot) {
      preparedFolder(root);
      fs.chownSync(root, 12_345, 12_345);
    }
    expectRefusal(fileStore({ path: root }), { folder: root, says: /another user/ });
    expectRefusal(fileStore({ root, path: join(root, 'folder') }), { folder: root, says: /another user/ });
  });

  it('is judged by the user that this process acts as', () => {
    const path = join(tempFolder(), 'folder');
    preparedFolder(path);
    jest.spyOn(process as Required<typeof process>, 'geteuid').mockReturnValue((process.getuid?.() ?? 0) + 1);
    expectRefusal(fileStore({ path }), { folder: path, says: /another user/ });
  });

  it('says that a file stands in its way', () => {
    const base = tempFolder();
    fs.writeFileSync(join(base, 'file'), '');
    const store = fileStore({ path: join(base, 'file', 'folder') });
    expect(store.get(idOf(0))).toBeUndefined();
    const failure = { code: 'ERR_TEMPCACHE_STORE', message: expect.stringMatching(/a file stands/) };
    expect(() => store.set(idOf(0), [], NEVER)).toThrow(expect.objectContaining(failure));
  });

  it('is looked at again a second after it was found safe, and when it is made again', () => {
    const path = join(tempFolder(), 'folder');
    const now = jest.spyOn(process, 'hrtime').mockReturnValue([5, 0]);
    const store = fileStore({ path });
    store.set(idOf(0), [Buffer.from('record')], NEVER);
    fs.chmodSync(path, 0o777);
    now.mockReturnValue([5, 999_000_000]);
    expect(store.get(idOf(0))).toBeDefined();
    now.mockReturnValue([6, 1_000_000]);
    expect(() => store.get(idOf(0))).toThrow(/others can write/);
    fs.chmodSync(path, 0o700);
    expect(store.get(idOf(0))).toBeDefined();
    fs.rmSync(path, { recursive: true });
    fs.symlinkSync(tempFolder(), path);
    fs.rmSync(path);
    fs.symlinkSync(join(path, '..', 'nowhere'), path);
    expect(() => store.set(idOf(0), [], NEVER)).toThrow(/symbolic link/);
  });
});
