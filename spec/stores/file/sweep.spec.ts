import { beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { breakerName, leaseName, tempName } from '../../../lib/stores/file/names.ts';
import { writerToken } from '../../../lib/stores/file/writer.ts';
import type { SyncStore } from '../../../lib/stores/store.ts';
import { deadToken, farToken } from '../../support/dead-writer.ts';
import { bytesOf, idOf, NEVER } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const HOUR = 3_600_000;
const tempFolder = useTempFolders();
let path = '';
let store: SyncStore;

beforeEach(() => {
  path = tempFolder();
  store = fileStore({ path });
  store.set(idOf(0), [bytesOf(10)], NEVER);
});

function plant(name: string, text: string, ageMs = 0): string {
  writeFileSync(join(path, name), text);
  const time = (Date.now() - ageMs) / 1000;
  utimesSync(join(path, name), time, time);
  return name;
}

function others(): string[] {
  return readdirSync(path).filter((name) => name !== idOf(0) && !name.endsWith('-owner'));
}

describe('A sweep', () => {
  it('removes what dead writers have left, and tells how much', () => {
    plant(tempName(deadToken(), '1'), 'x'.repeat(100));
    plant(tempName(deadToken(), 'owner'), 'x'.repeat(20));
    plant(leaseName(idOf(1)), deadToken());
    const dead = deadToken();
    plant(breakerName(leaseName(idOf(2)), dead), dead);
    expect(store.sweep()).toEqual({ leftovers: 4, bytes: 120 + 2 * dead.length });
    expect(others()).toEqual([]);
    expect(store.get(idOf(0))).toBeDefined();
    expect(store.sweep()).toEqual({ leftovers: 0, bytes: 0 });
  });

  it('leaves what the living are at', () => {
    const kept = [
      plant(tempName(writerToken(), '1'), 'a record', 5 * HOUR),
      plant(leaseName(idOf(1)), writerToken(), 5 * HOUR),
    ];
    expect(store.sweep()).toEqual({ leftovers: 0, bytes: 0 });
    expect(others().sort()).toEqual(kept.sort());
  });

  it('leaves what nobody can judge for an hour', () => {
    const kept = [
      plant(tempName(farToken(), '1'), 'x', HOUR - 5000),
      plant(leaseName(idOf(1)), farToken(), HOUR - 5000),
    ];
    plant(tempName(farToken(), '2'), 'x', HOUR + 5000);
    plant(leaseName(idOf(2)), farToken(), HOUR + 5000);
    plant(leaseName(idOf(3)), '', HOUR + 5000);
    expect(store.sweep()).toMatchObject({ leftovers: 3 });
    expect(others().sort()).toEqual(kept.sort());
  });

  it('ends when its time is over, and goes on from there', () => {
    for (let n = 0; n < 20; n++) plant(tempName(deadToken(), String(n)), 'x');
    const parts = [store.sweep(0)];
    while (parts.at(-1)?.more === true) parts.push(store.sweep(0));
    expect(parts.length).toBeGreaterThanOrEqual(20);
    expect(parts.reduce((sum, { leftovers }) => sum + leftovers, 0)).toBe(20);
    expect(others()).toEqual([]);
  });

  it('without a limit begins anew, and may be left in the middle', () => {
    store.sweep(0);
    for (let n = 0; n < 20; n++) plant(tempName(deadToken(), String(n)), 'x');
    store.sweep(0);
    expect(store.sweep().more).toBeUndefined();
    expect(others()).toEqual([]);
    store.sweep(0);
    store.close();
  });

  it('is done by clear as well, which counts records alone', () => {
    plant(tempName(deadToken(), '1'), 'x');
    const kept = plant(leaseName(idOf(1)), writerToken());
    expect(store.clear()).toBe(1);
    expect(readdirSync(path).filter((name) => !name.endsWith('-owner'))).toEqual([kept]);
  });
});
