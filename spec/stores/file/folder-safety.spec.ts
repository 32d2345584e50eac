import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as node from 'node:fs';
import { join } from 'node:path';
import { idOf, NEVER } from '../../support/store-suite/use-store.ts';
import { stubModule } from '../../support/stubbed-module.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const fs = stubModule('node:fs', node);
const { fileStore } = await import('../../../lib/stores/file/file-store.ts');

const tempFolder = useTempFolders();

afterEach(() => {
  jest.restoreAllMocks();
});

const RECORD = [Buffer.from('record')];

describe('A folder that is given by its path', () => {
  it.each([
    ['a file', (path: string) => fs.writeFileSync(join(path, 'thesis.odt'), '')],
    ['a folder', (path: string) => fs.mkdirSync(join(path, 'thesis.odt'))],
    ['a link', (path: string) => fs.symlinkSync('/nowhere', join(path, 'thesis.odt'))],
    [
      'a thousand files before one of ours',
      (path: string) => {
        for (let n = 0; n < 1001; n++) fs.writeFileSync(join(path, `thesis.odt ${n}`), '');
      },
    ],
  ])('is refused when it holds %s, and nothing of ours', (_, fill) => {
    const path = tempFolder();
    fill(path);
    const before = fs.readdirSync(path);
    const store = fileStore({ path });
    const message = /it holds "thesis\.odt.*" and nothing of a cache; use a folder below it, such as .*tempcache$/;
    const refusal = { code: 'ERR_TEMPCACHE_UNSAFE_FOLDER', message: expect.stringMatching(message) };
    for (const call of [() => store.get(idOf(0)), () => store.set(idOf(0), RECORD, NEVER), () => store.clear()]) {
      expect(call).toThrow(expect.objectContaining(refusal));
    }
    expect(fs.readdirSync(path)).toEqual(before);
    fileStore({ path: join(path, 'tempcache') }).set(idOf(0), RECORD, NEVER);
  });

  it.each([
    ['nothing', () => undefined],
    [
      'what any folder may hold',
      (path: string) => {
        fs.writeFileSync(join(path, '.gitkeep'), '');
        fs.mkdirSync(join(path, 'lost+found'));
      },
    ],
    [
      'other files beside a record',
      (path: string) => {
        for (const name of ['a', idOf(1), 'z']) fs.writeFileSync(join(path, name), '');
      },
    ],
    ['counters', (path: string) => fs.writeFileSync(join(path, 'counters'), '')],
    [
      'another cache',
      (path: string) => {
        fs.mkdirSync(join(path, 'cache'));
        fs.writeFileSync(join(path, 'cache', idOf(1)), '');
      },
    ],
  ])('is used when it holds %s', (_, fill) => {
    const path = tempFolder();
    fill(path);
    const store = fileStore({ path });
    store.set(idOf(0), RECORD, NEVER);
    expect(store.get(idOf(0))).toEqual(RECORD);
  });

  it('is looked into once where it may be used, and once a second where it may not', () => {
    const [used, refused] = [tempFolder(), tempFolder()];
    fs.writeFileSync(join(refused, 'thesis.odt'), '');
    const now = jest.spyOn(process, 'hrtime').mockReturnValue([5, 0]);
    const looks = jest.spyOn(fs, 'opendirSync');
    const [good, bad] = [fileStore({ path: used }), fileStore({ path: refused })];
    for (const time of [5, 5, 7, 9]) {
      now.mockReturnValue([time, 0]);
      good.get(idOf(0));
      expect(() => bad.get(idOf(0))).toThrow(/thesis/);
    }
    expect(looks.mock.calls.map(([path]) => path)).toEqual([used, refused, refused, refused]);
    fs.rmSync(join(refused, 'thesis.odt'));
    now.mockReturnValue([11, 0]);
    expect(bad.get(idOf(0))).toBeUndefined();
  });

  it('is used when it may not be listed, for then its records still can be read', () => {
    const path = tempFolder();
    fs.writeFileSync(join(path, 'thesis.odt'), '');
    fs.writeFileSync(join(path, idOf(0)), 'record');
    const denied = Object.assign(new Error('denied'), { code: 'EACCES' });
    jest.spyOn(fs, 'opendirSync').mockImplementation(() => {
      throw denied;
    });
    expect(fileStore({ path }).get(idOf(0))).toEqual(RECORD);
  });
});

describe('A folder that is given by a name below the root', () => {
  it('may hold other files', () => {
    const root = tempFolder();
    const path = join(root, 'folder');
    fs.mkdirSync(path);
    fs.writeFileSync(join(path, 'notes.txt'), '');
    fileStore({ root, path }).set(idOf(0), RECORD, NEVER);
    expect(fs.readdirSync(path).sort()).toEqual([idOf(0), 'notes.txt']);
  });
});

describe('What is said about an unsafe folder', () => {
  it('names the cure that can be applied: the environment for a name, a folder below for a path', () => {
    const base = tempFolder();
    const root = join(base, 'root');
    fs.mkdirSync(root);
    fs.chmodSync(root, 0o777);
    const named = fileStore({ root, path: join(root, 'folder') });
    expect(() => named.get(idOf(0))).toThrow(
      `set TEMPCACHE_DIR to a folder below it, such as ${join(root, 'tempcache')}`,
    );
    const given = fileStore({ path: root });
    expect(() => given.get(idOf(0))).toThrow(`or use a folder below it, such as ${join(root, 'tempcache')}`);
  });

  it('names a folder below that of another user only where that is root, and lets this user in', () => {
    const path = tempFolder();
    jest.spyOn(process as Required<typeof process>, 'geteuid').mockReturnValue(4711);
    const stat = fs.lstatSync;
    const cureIn = (uid: number, mode: number): string => {
      jest
        .spyOn(fs, 'lstatSync')
        .mockImplementation(((...args: Parameters<typeof stat>) =>
          Object.assign(stat(...args) ?? {}, { uid, mode: 0o40000 + mode })) as unknown as typeof stat);
      try {
        return String(fileStore({ path }).get(idOf(0)));
      } catch (error) {
        return (error as Error).message.split('; ').slice(1).join();
      }
    };
    expect([
      cureIn(12_345, 0o700),
      cureIn(12_345, 0o777),
      cureIn(0, 0o755),
      cureIn(0, 0o777),
      cureIn(0, 0o775),
    ]).toEqual([
      'use a folder of your own',
      'use a folder of your own',
      'use a folder of your own',
      `use a folder below it, such as ${join(path, 'tempcache')}`,
      `use a folder below it, such as ${join(path, 'tempcache')}`,
    ]);
  });
});
