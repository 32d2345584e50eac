import { afterEach, describe, expect, it } from '@jest/globals';
import { lutimesSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { Heartbeat } from '../../../lib/stores/file/heartbeat.ts';
import { leaseName } from '../../../lib/stores/file/names.ts';
import { idOf } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { holderOf, takeLease } from '../../support/lease.ts';

const tempFolder = useTempFolders();
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Makes a lock look as if its holder had been silent since 1970. */
function silence(path: string): void {
  lutimesSync(path, 0, 0);
}

const isSilent = (path: string): boolean => statSync(path).mtimeMs === 0;

/** Blocks this thread until a lock is renewed, twenty seconds at most; whether it was. */
function isRenewed(path: string): boolean {
  for (let round = 0; round < 2000 && isSilent(path); round++) Atomics.wait(sleeper, 0, 0, 10);
  return !isSilent(path);
}

describe('A heartbeat', () => {
  const started: Heartbeat[] = [];
  afterEach(() => {
    for (const heartbeat of started.splice(0)) heartbeat.stop();
  });

  function makeHeartbeat(token: string): Heartbeat {
    const heartbeat = new Heartbeat(token);
    started.push(heartbeat);
    return heartbeat;
  }

  function makeLock(name: string, token: string): string {
    const path = `${tempFolder()}/${name}`;
    writeFileSync(path, token);
    silence(path);
    return path;
  }

  it('renews its locks, again and again, while the thread that holds them is blocked', () => {
    const heartbeat = makeHeartbeat('mine');
    const locks = [makeLock('a', 'mine'), makeLock('b', 'mine')];
    for (const lock of locks) heartbeat.add(lock, 20);
    for (let round = 0; round < 3; round++) {
      for (const lock of locks) expect(isRenewed(lock)).toBe(true);
      for (const lock of locks) silence(lock);
    }
  });

  it('leaves locks alone that another one has, that are gone, and that it was told to leave', () => {
    const heartbeat = makeHeartbeat('mine');
    const [other, released, own] = [makeLock('a', 'theirs'), makeLock('b', 'mine'), makeLock('c', 'mine')];
    heartbeat.add(other, 20);
    heartbeat.add(`${other}-gone`, 20);
    heartbeat.add(released, 20);
    heartbeat.remove(released);
    heartbeat.add(own, 20);
    for (let round = 0; round < 3; round++) {
      silence(own);
      expect(isRenewed(own)).toBe(true);
    }
    expect([isSilent(other), isSilent(released)]).toEqual([true, true]);
  });

  it('that was stopped can be stopped again, and begins anew with the next lock', () => {
    const heartbeat = makeHeartbeat('mine');
    heartbeat.stop();
    const lock = makeLock('a', 'mine');
    heartbeat.add(lock, 20);
    heartbeat.stop();
    heartbeat.stop();
    silence(lock);
    heartbeat.add(lock, 20);
    expect(isRenewed(lock)).toBe(true);
  });
});

describe('A file store that has met a holder of another machine', () => {
  it('keeps its leases while its thread is blocked for longer than they last', async () => {
    const path = `${tempFolder()}/cache`;
    mkdirSync(path, { mode: 0o700 });
    const store = fileStore({ path });
    const foreign = `${path}/${leaseName(idOf(0))}`;
    writeFileSync(foreign, '00000000-1-1-1-00000000');
    silence(foreign);
    const lease = takeLease(store, idOf(0), 60);
    expect(lease).toMatchObject({ takenOver: true });
    silence(foreign);
    expect([isRenewed(foreign), lease?.renew()]).toEqual([true, true]);
    lease?.release();
    expect(await holderOf(store, idOf(0))).toBeUndefined();
    store.close();
  });
});
