import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import type { SyncStore } from '../../../lib/stores/store.ts';
import { bytesOf, idOf, NEVER } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { takeLease } from '../../support/lease.ts';

const tempFolder = useTempFolders();

/** A store that has been used, and whose folder was then removed. */
function vanished(what: 'folder' | 'root'): { store: SyncStore; path: string } {
  const root = join(tempFolder(), 'root');
  const path = join(root, 'folder');
  const store = fileStore({ root, path });
  store.set(idOf(0), [bytesOf(100)], NEVER);
  takeLease(store, idOf(9), 1000);
  rmSync(what === 'root' ? root : path, { recursive: true });
  return { store, path };
}

describe.each(['folder', 'root'] as const)('When the %s vanishes', (what) => {
  it('reading, deleting and listing find nothing', () => {
    const { store, path } = vanished(what);
    expect(store.get(idOf(0))).toBeUndefined();
    expect(store.peek(idOf(0))).toBeUndefined();
    expect(store.delete(idOf(0))).toBe(false);
    expect([...store.entries()]).toEqual([]);
    expect(store.clear()).toBe(0);
    expect(store.sweep()).toEqual({ leftovers: 0, bytes: 0 });
    store.destroy();
    expect(existsSync(path)).toBe(false);
  });

  it('the next save makes it again', () => {
    const { store, path } = vanished(what);
    store.set(idOf(1), [bytesOf(70_000)], NEVER);
    expect(readdirSync(path)).toEqual([idOf(1)]);
    rmSync(path, { recursive: true });
    store.set(idOf(1), [bytesOf(5)], NEVER);
    expect(store.get(idOf(1))).toHaveLength(1);
  });

  it('the next save of what is minor does not make it again', () => {
    const { store, path } = vanished(what);
    store.set(idOf(1), [bytesOf(5)], { ...NEVER, minor: true });
    store.touch(idOf(1), 1000);
    expect(existsSync(path)).toBe(false);
    store.set(idOf(1), [bytesOf(5)], NEVER);
    store.set(idOf(2), [bytesOf(5)], { ...NEVER, minor: true });
    expect(store.get(idOf(2))).toHaveLength(1);
  });

  it('the next lease makes it again, and leases of before are lost', () => {
    const { store } = vanished(what);
    const lease = takeLease(store, idOf(1), 1000);
    expect(lease?.renew()).toBe(true);
    expect(takeLease(store, idOf(1), 1000)).toBeUndefined();
    const again = takeLease(store, idOf(9), 1000);
    expect(again).toMatchObject({ takenOver: false });
    lease?.release();
    expect(takeLease(store, idOf(1), 1000)).toMatchObject({ takenOver: false });
  });

  it('a listing that has begun ends', () => {
    const { store } = vanished(what);
    for (let n = 0; n < 600; n++) store.set(idOf(n), [bytesOf(n)], NEVER);
    let seen = 0;
    for (const { size } of store.entries()) {
      expect(size).toBeLessThan(600);
      if (seen === 0) rmSync(store.path ?? '', { recursive: true });
      seen++;
    }
    expect(seen).toBe(1);
  });
});

describe('A lease that was lost with its folder', () => {
  it('is neither renewed nor released in the name of a later one of the same store', () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    const lost = takeLease(store, idOf(0), 1000);
    rmSync(path, { recursive: true });
    const later = takeLease(store, idOf(0), 1000);
    expect(lost?.renew()).toBe(false);
    lost?.release();
    expect(later?.renew()).toBe(true);
    expect(takeLease(fileStore({ path }), idOf(0), 1000)).toBeUndefined();
  });
});
