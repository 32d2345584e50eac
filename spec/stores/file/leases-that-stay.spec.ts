import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as node from 'node:fs';
import { join } from 'node:path';
import { idOf } from '../../support/store-suite/use-store.ts';
import { stubModule } from '../../support/stubbed-module.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { takeLease } from '../../support/lease.ts';

const fs = stubModule('node:fs', node);
const { fileStore } = await import('../../../lib/stores/file/file-store.ts');

const [ID, OTHER, TTL] = [idOf(0), idOf(1), 10_000];
const tempFolder = useTempFolders();

function fail(operation: 'unlinkSync' | 'openSync', code: string): void {
  jest.spyOn(fs, operation).mockImplementation(() => {
    throw Object.assign(new Error('It failed'), { code });
  });
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('A lease that is given back', () => {
  it('is free at once where no file can be opened any more', () => {
    const path = tempFolder();
    const store = fileStore({ path });
    const [lease, other] = [takeLease(store, ID, TTL), takeLease(store, OTHER, TTL)];
    fail('openSync', 'EMFILE');
    lease?.release();
    other?.release();
    jest.restoreAllMocks();
    expect(node.readdirSync(path).filter((name) => name.endsWith('.lease'))).toEqual([]);
  });

  it('is removed again and again where that fails, until it is gone', async () => {
    const path = tempFolder();
    const store = fileStore({ path });
    const [lease, other] = [takeLease(store, ID, TTL), takeLease(store, OTHER, TTL)];
    fail('unlinkSync', 'EIO');
    lease?.release();
    await jest.advanceTimersByTimeAsync(1000);
    jest.restoreAllMocks();
    expect(node.existsSync(join(path, `${ID}.lease`))).toBe(true);
    other?.release();
    expect(node.existsSync(join(path, `${OTHER}.lease`))).toBe(false);
    await jest.advanceTimersByTimeAsync(200);
    expect(takeLease(fileStore({ path }), ID, TTL)).toMatchObject({ takenOver: false });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('and taken again before it is gone, stays', async () => {
    const path = tempFolder();
    const store = fileStore({ path });
    const lease = takeLease(store, ID, TTL);
    fail('unlinkSync', 'EIO');
    lease?.release();
    const again = takeLease(store, ID, TTL);
    jest.restoreAllMocks();
    await jest.advanceTimersByTimeAsync(1000);
    expect([again?.renew(), takeLease(fileStore({ path }), ID, TTL)]).toEqual([true, undefined]);
    again?.release();
    expect(node.existsSync(join(path, `${ID}.lease`))).toBe(false);
  });
});
