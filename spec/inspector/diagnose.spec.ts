import { describe, expect, it } from '@jest/globals';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CacheInspector } from '../../lib/inspector/inspector.ts';
import { leaseName, tempName } from '../../lib/stores/file/names.ts';
import { writerToken } from '../../lib/stores/file/writer.ts';
import { deadToken, farToken } from '../support/dead-writer.ts';
import { contentsOf, countTo, partsIn, useInspected } from '../support/inspected.ts';
import { idOf } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const inspected = useInspected();
const tempFolder = useTempFolders();

const asRoot = process.geteuid?.() === 0 ? it : it.skip;

describe('diagnose', () => {
  it('finds nothing wrong with a sound cache', () => {
    const { cache, inspector, path } = inspected({ stats: true, maxEntries: 100 });
    cache.itemForKey('a').save(1);
    for (const _ of cache.wrap(countTo, { name: 'count' })(2500));
    cache.close();
    mkdirSync(join(path, 'nested'), { mode: 0o700 });
    const before = contentsOf(path);
    expect(inspector.diagnose()).toEqual({
      path,
      exists: true,
      isSafe: true,
      isPrivate: true,
      mode: '0700',
      owner: process.getuid?.(),
      fileSystem: process.platform === 'linux' ? expect.stringMatching(/^[a-z0-9.]+$/) : undefined,
      isShared: expect.any(Boolean),
      freeBytes: expect.any(Number),
      totalBytes: expect.any(Number),
      entries: 2,
      parts: partsIn(path).length,
      notes: 1,
      folders: 1,
      leftovers: { files: 0, bytes: 0 },
      leases: { living: 0, dead: 0, unknown: 0 },
      foreign: { files: 0, names: [] },
      problems: [],
      remarks: [],
      cures: [],
    });
    expect(contentsOf(path)).toEqual(before);
  });

  it('tells of the place of a folder that is not there, and makes none', () => {
    const { inspector, path } = inspected();
    expect(inspector.diagnose()).toMatchObject({
      exists: false,
      isSafe: true,
      isPrivate: false,
      mode: undefined,
      owner: undefined,
      freeBytes: expect.any(Number),
      entries: 0,
      problems: [],
    });
    expect(inspector.diagnose().path).toBe(path);
    expect(inspector.exists()).toBe(false);
  });

  it('tells the leases of the living from those of the dead, and what these have left', () => {
    const { cache, inspector, path } = inspected();
    cache.itemForKey('a').save(1);
    const dead = deadToken();
    for (const [n, token] of [dead, dead, writerToken(), farToken()].entries()) {
      writeFileSync(join(path, leaseName(idOf(n))), token);
    }
    writeFileSync(join(path, tempName(dead, '1')), 'x'.repeat(1000));
    writeFileSync(join(path, tempName(writerToken(), '1')), 'x'.repeat(500));
    const { leases, leftovers, problems } = inspector.diagnose();
    expect(leases).toEqual({ living: 1, dead: 2, unknown: 1 });
    expect(leftovers).toEqual({ files: 3, bytes: 1000 + 2 * dead.length });
    expect(problems).toEqual([`Dead processes have left 3 files in ${path}: prune the cache`]);
    inspector.prune();
    expect(inspector.diagnose()).toMatchObject({ leases: { living: 1, dead: 0, unknown: 1 }, problems: [] });
  });

  it('names what is foreign, and what is in the place of files of the cache', () => {
    const { cache, inspector, path } = inspected();
    cache.itemForKey('a').save(1);
    for (let n = 0; n < 12; n++) writeFileSync(join(path, `note-${n}.txt`), 'mine');
    symlinkSync(path, join(path, 'link'));
    mkdirSync(join(path, idOf('folder')));
    symlinkSync('/etc/hostname', join(path, leaseName(idOf('lease'))));
    const { foreign, problems, entries } = inspector.diagnose();
    expect(entries).toBe(1);
    expect(foreign.files).toBe(13);
    expect(foreign.names).toHaveLength(10);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain(idOf('folder'));
    expect(problems[0]).toContain(leaseName(idOf('lease')));
    expect(problems[1]).toMatch(/^13 files in .* not of the cache, /);
  });

  it('gives for each problem a line for a shell that mends it', () => {
    const { cache, inspector, path } = inspected();
    cache.itemForKey('a').save(1);
    writeFileSync(join(path, "it's mine.txt"), 'mine');
    mkdirSync(join(path, idOf('folder')));
    chmodSync(path, 0o755);
    const { problems, cures } = inspector.diagnose();
    expect(problems).toHaveLength(3);
    for (const cure of cures) execFileSync('sh', ['-c', cure]);
    expect(inspector.diagnose()).toMatchObject({ problems: [], cures: [], entries: 1 });
    expect(readdirSync(`${path}-moved`)).toEqual(["it's mine.txt"]);
    rmSync(`${path}-moved`, { recursive: true });
  });

  it('tells of damaged counters', () => {
    const { cache, inspector, path } = inspected({ maxEntries: 5 });
    cache.itemForKey('a').save(1);
    expect(readdirSync(path)).toContain('counters');
    writeFileSync(join(path, 'counters-sums'), 'x'.repeat(17));
    expect(inspector.diagnose().problems).toEqual([expect.stringMatching(/^The counters in .* are damaged/)]);
  });

  asRoot('tells of files of other users', () => {
    const { cache, inspector, path } = inspected();
    cache.itemForKey('a').save(1);
    chownSync(join(path, cache.itemForKey('a').id), 12_345, 12_345);
    expect(inspector.diagnose().problems).toEqual([expect.stringMatching(/^1 file in .* of another user/)]);
  });

  it('works on the root of caches as well', () => {
    const root = tempFolder();
    for (const name of ['a', 'b']) mkdirSync(join(root, name));
    expect(new CacheInspector(root).diagnose()).toMatchObject({
      folders: 2,
      entries: 0,
      foreign: { files: 0 },
      problems: [],
    });
  });
});

describe('diagnose of an unsafe folder', () => {
  it('says why, and looks at nothing in it', () => {
    const { cache, inspector, path } = inspected();
    cache.itemForKey('a').save(1);
    chmodSync(path, 0o777);
    const { problems, ...diagnosis } = inspector.diagnose();
    expect(diagnosis).toMatchObject({ exists: true, isSafe: false, isPrivate: false, mode: '0777', entries: 0 });
    expect(problems).toEqual([expect.stringMatching(/is not safe to use: others can write to it .*chmod go-w/)]);
  });

  it('follows no link', () => {
    const { cache, path } = inspected();
    cache.itemForKey('a').save(1);
    const link = join(tempFolder(), 'link');
    symlinkSync(path, link);
    const diagnosis = new CacheInspector(link).diagnose();
    expect(diagnosis).toMatchObject({ exists: true, isSafe: false, entries: 0 });
    expect(diagnosis.problems).toEqual([expect.stringContaining('it is a symbolic link')]);
  });

  it('tells of a file in the place of the folder', () => {
    const path = join(tempFolder(), 'file');
    writeFileSync(path, '');
    const { isSafe, problems } = new CacheInspector(path).diagnose();
    expect([isSafe, problems]).toEqual([false, [expect.stringContaining('it is not a folder')]]);
    expect(new CacheInspector(join(path, 'below')).diagnose()).toMatchObject({ exists: false, problems: [] });
  });

  it('warns where others may look in, or rename the folder', () => {
    const parent = tempFolder();
    const path = join(parent, 'cache');
    mkdirSync(path);
    chmodSync(path, 0o755);
    chmodSync(parent, 0o777);
    const { isSafe, isPrivate, problems } = new CacheInspector(path).diagnose();
    expect([isSafe, isPrivate]).toEqual([true, false]);
    expect(problems).toEqual([
      expect.stringContaining('Others can look into'),
      expect.stringContaining('Everybody can rename what is in the folder above'),
    ]);
    chmodSync(parent, 0o1777);
    expect(new CacheInspector(path).diagnose().problems).toHaveLength(1);
    rmSync(path, { recursive: true });
    expect(statSync(parent).isDirectory()).toBe(true);
  });
});
