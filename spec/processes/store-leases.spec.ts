import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { useScripts } from '../support/script-process.ts';
import { idOf } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { takeLease } from '../support/lease.ts';

const TTL = 60_000;
const tempFolder = useTempFolders();
const start = useScripts();

describe('The lease of a process', () => {
  it('is seen to be held by others, until it is released', async () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    const holder = start('hold-lease', [path, idOf(0), 'wait']);
    expect(await holder.next()).toEqual({ takenOver: false });
    expect(takeLease(store, idOf(0), TTL)).toBeUndefined();
    expect(await start('hold-lease', [path, idOf(0), 'exit']).next()).toBe('held');
    holder.tell('release');
    expect(await holder.next()).toBe('released');
    expect(takeLease(store, idOf(0), TTL)).toMatchObject({ takenOver: false });
  });

  it('is not lost while the process is blocked or stopped, however little time it is given', async () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    const holder = start('hold-lease', [path, idOf(0), 'block']);
    await holder.next();
    expect(takeLease(store, idOf(0), 0)).toBeUndefined();
    holder.kill('SIGSTOP');
    expect(takeLease(store, idOf(0), 0)).toBeUndefined();
  });

  it('goes to another one as soon as the process is killed', async () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    const holder = start('hold-lease', [path, idOf(0), 'block']);
    await holder.next();
    expect(takeLease(store, idOf(0), TTL)).toBeUndefined();
    holder.kill('SIGKILL');
    await holder.ended;
    expect(takeLease(store, idOf(0), TTL)).toMatchObject({ takenOver: true });
    expect(store.sweep()).toMatchObject({ leftovers: 1 });
  });

  it('that ends in an orderly way leaves nothing but the lease that it held, which is free', async () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    const holder = start('hold-lease', [path, idOf(0), 'exit']);
    await holder.next();
    expect(await holder.ended).toMatchObject({ code: 0, errors: '' });
    expect(readdirSync(path)).toEqual([`${idOf(0)}.lease`]);
    expect(takeLease(store, idOf(0), TTL)).toMatchObject({ takenOver: true });
  });
});

describe('The lease of a worker thread', () => {
  it('is held against its own process, and lost at once when the thread ends and the process goes on', async () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    const script = start('lease-in-threads', [path, idOf(0)]);
    expect(await script.next()).toEqual({ worker: true, main: false });
    expect(takeLease(store, idOf(0), 0)).toBeUndefined();
    script.tell('end worker');
    expect(await script.next()).toBe('ended');
    expect(takeLease(store, idOf(0), TTL)).toMatchObject({ takenOver: true });
    script.tell('exit');
    expect(await script.ended).toMatchObject({ code: 0, errors: '' });
  });
});
