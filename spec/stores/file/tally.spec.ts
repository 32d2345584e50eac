import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../../../lib/stores/file/tally.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const NO_CHANGE = { entries: 0, bytes: 0 };

describe('the count of a folder', () => {
  const tempFolder = useTempFolders();
  const open: Tally[] = [];
  let folder = '';
  let file = '';
  let tally: Tally;

  const tallyOf = (path: string): Tally => {
    const made = new Tally(path);
    open.push(made);
    return made;
  };
  const begin = (by: Tally, entries: number, bytes: number): void =>
    by.begin({ entries, bytes }, join(folder, 'tmp-count'));

  beforeEach(() => {
    folder = tempFolder();
    file = join(folder, 'count');
    tally = tallyOf(folder);
  });
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });

  it('is a private file of 16 bytes a change, and no bytes for no change', () => {
    begin(tally, 5, 500);
    expect(tally.add({ entries: 1, bytes: 10 })).toEqual({ entries: 6, bytes: 510 });
    expect(tally.add(NO_CHANGE)).toEqual({ entries: 6, bytes: 510 });
    expect([statSync(file).size, statSync(file).mode & 0o777]).toEqual([32, 0o600]);
    expect(readFileSync(file).readDoubleLE(16)).toBe(1);
  });

  it('is found by whoever comes later, however many changes there were', () => {
    begin(tally, 5, 500);
    for (let n = 0; n < 5000; n++) tally.add({ entries: 1, bytes: 2 });
    expect(tallyOf(folder).add(NO_CHANGE)).toEqual({ entries: 5005, bytes: 10_500 });
  });

  it('goes on in the file that somebody has put in its place', () => {
    const other = tallyOf(folder);
    begin(tally, 5, 500);
    expect(other.add({ entries: 1, bytes: 1 })).toEqual({ entries: 6, bytes: 501 });
    expect(tally.add({ entries: 1, bytes: 1 })).toEqual({ entries: 7, bytes: 502 });
    begin(other, 100, 1000);
    expect(tally.add({ entries: 1, bytes: 1 })).toEqual({ entries: 101, bytes: 1001 });
    expect(other.add(NO_CHANGE)).toEqual({ entries: 101, bytes: 1001 });
  });

  it('is nothing when the file or the folder was removed, until it is begun again', () => {
    begin(tally, 5, 500);
    tally.add(NO_CHANGE);
    rmSync(folder, { recursive: true });
    expect(tally.add({ entries: 1, bytes: 1 })).toBeUndefined();
    mkdirSync(folder);
    expect(tally.add({ entries: 1, bytes: 1 })).toBeUndefined();
    begin(tally, 1, 10);
    expect(tally.add(NO_CHANGE)).toEqual({ entries: 1, bytes: 10 });
  });

  it.each([1, 8, 15])('is nothing with a torn change of %i bytes, at its end or between others', (length) => {
    begin(tally, 5, 500);
    tally.add({ entries: 1, bytes: 1 });
    truncateSync(file, 16 + length);
    expect(tally.add({ entries: 1, bytes: 1 })).toBeUndefined();
    expect(tallyOf(folder).add(NO_CHANGE)).toBeUndefined();
    appendFileSync(file, new Uint8Array(16));
    expect(tallyOf(folder).add(NO_CHANGE)).toBeUndefined();
    begin(tally, 7, 70);
    expect(tallyOf(folder).add(NO_CHANGE)).toEqual({ entries: 7, bytes: 70 });
  });

  it.each([
    ['no number', Buffer.from('ff'.repeat(16), 'hex')],
    ['infinity', pair(Infinity, 1)],
    ['less than nothing', pair(-6, 1)],
    ['fewer bytes than nothing', pair(1, -501)],
    ['half an entry', pair(0.5, 1)],
    ['more than can be counted', pair(2 ** 53, 1)],
  ])('is nothing where it says nonsense: %s', (_name, change) => {
    begin(tally, 5, 500);
    appendFileSync(file, change);
    expect(tally.add(NO_CHANGE)).toBeUndefined();
    begin(tally, 5, 500);
    expect(tally.add(NO_CHANGE)).toEqual({ entries: 5, bytes: 500 });
  });

  it('is nothing once it is longer than a megabyte, and grows no further', () => {
    begin(tally, 0, 0);
    appendFileSync(file, new Uint8Array(2 ** 20 - 16));
    expect(tally.add({ entries: 1, bytes: 1 })).toEqual({ entries: 1, bytes: 1 });
    expect(tally.add({ entries: 1, bytes: 1 })).toBeUndefined();
    expect(statSync(file).size).toBe(2 ** 20 + 16);
  });

  it('is not read through a symbolic link, nor written', () => {
    const target = join(tempFolder(), 'target');
    writeFileSync(target, pair(1, 1));
    symlinkSync(target, file);
    expect(() => tally.add({ entries: 1, bytes: 1 })).toThrow(/Cannot count the records in .*ELOOP/);
    expect(statSync(target).size).toBe(16);
    begin(tally, 2, 2);
    expect(tally.add(NO_CHANGE)).toEqual({ entries: 2, bytes: 2 });
    expect(statSync(target).size).toBe(16);
  });

  it('can be closed twice, and goes on with a new descriptor', () => {
    begin(tally, 2, 2);
    tally.add(NO_CHANGE);
    tally.close();
    tally.close();
    expect(tally.add({ entries: 1, bytes: 1 })).toEqual({ entries: 3, bytes: 3 });
  });
});

function pair(entries: number, bytes: number): Buffer {
  const change = Buffer.alloc(16);
  change.writeDoubleLE(entries, 0);
  change.writeDoubleLE(bytes, 8);
  return change;
}
