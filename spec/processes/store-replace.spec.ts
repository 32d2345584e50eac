import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { useScripts } from '../support/script-process.ts';
import { bytesOf, idOf, NEVER } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const tempFolder = useTempFolders();
const start = useScripts();

describe('A record that two processes rewrite while a third one reads it', () => {
  it('is always there, whole, and of one writer', async () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    store.set(idOf(0), [Buffer.alloc(100, 7)], NEVER);
    const reader = start('read-record', [path, idOf(0), { 7: 1, 8: 500, 9: 500 }]);
    expect(await reader.next()).toBe('ready');
    const writers = [8, 9].map((writer) => start('rewrite-record', [path, idOf(0), writer]));
    expect(await reader.next()).toEqual({ absent: 0, torn: 0, writers: ['7', '8', '9'] });
    for (const writer of writers) writer.tell('stop');
    for (const writer of writers) expect(await writer.ended).toMatchObject({ code: 0, errors: '' });
    expect(readdirSync(path)).toEqual([idOf(0)]);
  });
});

describe('A process that is killed in the middle of a save', () => {
  it('leaves the old record, and a temporary file that is swept once it is dead', async () => {
    const path = join(tempFolder(), 'folder');
    const store = fileStore({ path });
    store.set(idOf(0), [bytesOf(10)], NEVER);
    const writer = start('die-in-set', [path, idOf(0)]);
    expect(await writer.next()).toBe('written');
    expect(readdirSync(path)).toHaveLength(2);
    expect(store.sweep()).toEqual({ leftovers: 0, bytes: 0 });
    writer.kill('SIGKILL');
    await writer.ended;
    expect(store.sweep()).toEqual({ leftovers: 1, bytes: 1000 });
    expect(readdirSync(path)).toEqual([idOf(0)]);
    expect(store.get(idOf(0))?.map(({ length }) => length)).toEqual([10]);
  });
});

describe('A process without a free descriptor', () => {
  it('gets errors of the store with their cause, loses no descriptor, and goes on when it has some', async () => {
    const script = start('few-descriptors', [join(tempFolder(), 'folder')], { before: 'ulimit -n 60' });
    const failure = ['ERR_TEMPCACHE_STORE', 'EMFILE'];
    expect(await script.next()).toEqual({
      starved: { get: failure, peek: failure, set: failure, entries: failure, clear: failure, sweep: failure },
      after: { get: 2, peek: 100_000, set: null, entries: 1, clear: 1, sweep: 0 },
      lost: 0,
    });
  });
});
