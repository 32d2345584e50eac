import { describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { FolderView } from '../../../lib/stores/file/folder-view.ts';
import { breakerName, leaseName, tempName } from '../../../lib/stores/file/names.ts';
import { writerToken } from '../../../lib/stores/file/writer.ts';
import { deadToken, farToken } from '../../support/dead-writer.ts';
import { idOf } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const HOUR = 3_600_000;
const tempFolder = useTempFolders();

function plant(path: string, text: string, ageMs = 0): void {
  writeFileSync(path, text);
  const time = (Date.now() - ageMs) / 1000;
  utimesSync(path, time, time);
}

/** All kinds of files that writers leave, by all kinds of writers. */
function planted(): string {
  const path = tempFolder();
  for (const [n, token] of [deadToken(), writerToken(), farToken()].entries()) {
    for (const [age, ms] of [0, HOUR - 5000, HOUR + 5000].entries()) {
      plant(join(path, tempName(token, `${n}${age}`)), 'x'.repeat(10 + n), ms);
      plant(join(path, leaseName(idOf(`${n}-${age}`))), token, ms);
      plant(join(path, breakerName(leaseName(idOf(`breaker ${n}-${age}`)), token)), token, ms);
    }
  }
  plant(join(path, leaseName(idOf('empty'))), '', 2 * HOUR);
  plant(join(path, idOf('record')), 'a record', 2 * HOUR);
  return path;
}

describe('The leftovers in a folder', () => {
  it('are just those that a sweep removes', () => {
    const path = planted();
    const before = readdirSync(path);
    const told = [...new FolderView({ path }).leftovers()];
    expect(readdirSync(path)).toEqual(before);
    const store = fileStore({ path });
    expect(store.sweep()).toEqual({
      leftovers: told.length,
      bytes: told.reduce((sum, { bytes }) => sum + bytes, 0),
    });
    const gone = before.filter((name) => !readdirSync(path).includes(name));
    expect(new Set(told.map(({ name }) => name))).toEqual(new Set(gone));
    expect(told).toHaveLength(13);
    store.close();
  });

  it('are files, whatever else has their names', () => {
    const path = tempFolder();
    mkdirSync(join(path, tempName(deadToken(), '1')));
    symlinkSync('/etc/hostname', join(path, leaseName(idOf(1))));
    expect([...new FolderView({ path }).leftovers()]).toEqual([]);
  });

  it('are none where there is no folder', () => {
    const view = new FolderView({ path: join(tempFolder(), 'absent') });
    expect([[...view.leftovers()], [...view.ids()]]).toEqual([[], []]);
  });
});
