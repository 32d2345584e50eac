import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { breakerName } from '../../../lib/stores/file/names.ts';
import type { SyncStore } from '../../../lib/stores/store.ts';
import { deadToken, farToken } from '../../support/dead-writer.ts';
import { idOf } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { takeLease } from '../../support/lease.ts';

const ID = idOf(0);
const TTL = 10_000;
const tempFolder = useTempFolders();
let path = '';
let store: SyncStore;
let lock = '';

beforeEach(() => {
  path = join(tempFolder(), 'folder');
  store = fileStore({ path });
  lock = join(path, `${ID}.lease`);
});

afterEach(() => {
  jest.restoreAllMocks();
});

function ownerFiles(): string[] {
  return readdirSync(path).filter((name) => name.endsWith('-owner'));
}

describe('A lease in a folder', () => {
  it('names its holder in a private file, and is gone when it is released', () => {
    const lease = takeLease(store, ID, TTL);
    expect(lstatSync(lock)).toMatchObject({ nlink: 2, size: readFileSync(lock).length });
    expect(ownerFiles()).toEqual([`tmp-${readFileSync(lock, 'utf8')}-owner`]);
    lease?.release();
    expect(existsSync(lock)).toBe(false);
  });

  it('uses one file for all leases of a store, removed when the store is closed', () => {
    for (let n = 0; n < 10; n++) takeLease(store, idOf(n), TTL);
    expect(ownerFiles()).toHaveLength(1);
    store.close();
    expect(readdirSync(path)).toEqual([]);
  });

  it('goes on when somebody has removed the file that it is a link to', () => {
    const lease = takeLease(store, ID, TTL);
    for (const name of ownerFiles()) rmSync(join(path, name));
    expect(lease?.renew()).toBe(true);
    expect(takeLease(store, idOf(1), TTL)).toMatchObject({ takenOver: false });
    expect(ownerFiles()).toHaveLength(1);
    lease?.release();
    expect(existsSync(lock)).toBe(false);
  });

  it('shows that its holder lives from the first moment on, however long that has taken none', () => {
    takeLease(store, ID, TTL)?.release();
    const [owner = ''] = ownerFiles();
    utimesSync(join(path, owner), 0, 0);
    const later = performance.now() + TTL;
    jest.spyOn(performance, 'now').mockReturnValue(later);
    takeLease(store, ID, TTL);
    expect(Date.now() - lstatSync(lock).mtimeMs).toBeLessThan(TTL / 2);
  });

  it('shows by its time that its holder lives', () => {
    const lease = takeLease(store, ID, TTL);
    utimesSync(lock, 1000, 1000);
    expect(lease?.renew()).toBe(true);
    expect(Date.now() - lstatSync(lock).mtimeMs).toBeLessThan(TTL);
  });

  it('goes from a dead holder to the next one at once, whatever its age', () => {
    takeLease(store, idOf(1), TTL);
    writeFileSync(lock, deadToken());
    expect(takeLease(store, ID, TTL)).toMatchObject({ id: ID, takenOver: true });
    expect(takeLease(fileStore({ path }), ID, TTL)).toBeUndefined();
  });

  it('stays with a holder that lives, however little time it is given', () => {
    const lease = takeLease(store, ID, 0);
    expect(fileStore({ path }).lease(ID, 0)).toEqual({ heldBy: store.holder });
    expect(lease?.renew()).toBe(true);
  });

  it('is lost when the store is destroyed', () => {
    const lease = takeLease(store, ID, TTL);
    store.destroy();
    expect(lease?.renew()).toBe(false);
    expect(takeLease(fileStore({ path }), ID, TTL)).toMatchObject({ takenOver: false });
  });

  it('stays with a holder on another machine as long as it is renewed', () => {
    takeLease(store, idOf(1), TTL);
    writeFileSync(lock, farToken());
    expect(takeLease(store, ID, TTL)).toBeUndefined();
    const past = (Date.now() - TTL - 1000) / 1000;
    utimesSync(lock, past, past);
    expect(takeLease(store, ID, TTL)).toMatchObject({ takenOver: true });
  });

  it('that was lost is neither renewed nor released', () => {
    const lease = takeLease(store, ID, TTL);
    rmSync(lock);
    expect(lease?.renew()).toBe(false);
    writeFileSync(lock, farToken());
    const before = readFileSync(lock, 'utf8');
    expect(lease?.renew()).toBe(false);
    lease?.release();
    expect(readFileSync(lock, 'utf8')).toBe(before);
  });

  it('is released with care when its holder may be thought dead', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(1000);
    const lease = takeLease(store, ID, TTL);
    now.mockReturnValue(1000 + TTL);
    const breaker = join(path, breakerName(`${ID}.lease`, readFileSync(lock, 'utf8')));
    // Somebody far away is just taking it over.
    writeFileSync(breaker, farToken());
    lease?.release();
    expect(existsSync(lock)).toBe(true);
    // That one died before it had done so: the lease is nobody's, and its holder may have it again.
    rmSync(breaker);
    const again = takeLease(store, ID, TTL);
    expect(again).toMatchObject({ takenOver: false });
    now.mockReturnValue(1000 + TTL * 2);
    again?.release();
    expect(readdirSync(path)).toEqual(ownerFiles());
  });

  it('throws where it can be neither taken nor seen to be held', () => {
    takeLease(store, ID, TTL)?.release();
    // A folder cannot be read as a lock.
    rmSync(path, { recursive: true });
    writeFileSync(path, 'a file');
    expect(() => takeLease(fileStore({ path }), ID, TTL)).toThrow(
      expect.objectContaining({ code: 'ERR_TEMPCACHE_UNSAFE_FOLDER' }),
    );
  });
});
