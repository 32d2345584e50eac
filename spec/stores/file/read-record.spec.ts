import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type * as Fs from 'node:fs';
import { join } from 'node:path';
import { HEAD_BYTES, SPLIT_BYTES } from '../../../lib/stores/store.ts';
import { bytesOf, summary } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

/** What the file system does instead of reading; given the buffer, offset and length. */
let readSync: typeof Fs.readSync;
const real = await import('node:fs');
const open = new Set<number>();
jest.unstable_mockModule('node:fs', () => ({
  ...real,
  readSync: (...args: Parameters<typeof Fs.readSync>) => readSync(...args),
  openSync: (...args: Parameters<typeof Fs.openSync>) => {
    const fd = real.openSync(...args);
    open.add(fd);
    return fd;
  },
  closeSync: (fd: number) => {
    open.delete(fd);
    real.closeSync(fd);
  },
}));
const { peekRecord, RecordReader } = await import('../../../lib/stores/file/read-record.ts');

const tempFolder = useTempFolders();

beforeEach(() => {
  readSync = real.readSync;
});

afterEach(() => {
  expect([...open]).toEqual([]);
});

function file(bytes: Uint8Array): string {
  const path = join(tempFolder(), 'record');
  real.writeFileSync(path, bytes);
  return path;
}

describe('RecordReader', () => {
  it('lends a short record: one part, one read, and the same memory next time', () => {
    const reads = jest.fn(real.readSync);
    readSync = reads as typeof Fs.readSync;
    const reader = new RecordReader();
    const [first] = reader.read(file(bytesOf(SPLIT_BYTES))) ?? [];
    expect(first?.byteLength).toBe(SPLIT_BYTES);
    expect(first?.buffer.byteLength).toBeGreaterThan(SPLIT_BYTES);
    expect(reads).toHaveBeenCalledTimes(1);
    const [second] = reader.read(file(bytesOf(10, 1))) ?? [];
    expect(second?.buffer).toBe(first?.buffer);
  });

  it('hands over a long one: the head, and the rest in memory of exactly its size', () => {
    const bytes = bytesOf(SPLIT_BYTES + 1);
    const parts = new RecordReader().read(file(bytes)) ?? [];
    expect(parts.map(({ byteLength }) => byteLength)).toEqual([HEAD_BYTES, bytes.length - HEAD_BYTES]);
    expect(parts.map(({ buffer }) => buffer.byteLength)).toEqual([HEAD_BYTES, bytes.length - HEAD_BYTES]);
    expect(summary(Buffer.concat(parts))).toBe(summary(bytes));
  });

  it('goes on where a read brings less than was asked for', () => {
    readSync = ((fd: number, buffer: Uint8Array, offset: number, length: number, position: null) =>
      real.readSync(
        fd,
        buffer,
        offset,
        offset === 0 ? length : Math.min(length, 1000),
        position,
      )) as typeof Fs.readSync;
    const bytes = bytesOf(200_000);
    expect(summary(Buffer.concat(new RecordReader().read(file(bytes)) ?? []))).toBe(summary(bytes));
  });

  it('gives a short record and no more when the file shrinks meanwhile', () => {
    const path = file(bytesOf(200_000));
    readSync = ((fd: number, buffer: Uint8Array, offset: number, length: number, position: null) => {
      if (offset > 0) real.truncateSync(path, 100_000);
      return real.readSync(fd, buffer, offset, length, position);
    }) as typeof Fs.readSync;
    const parts = new RecordReader().read(path) ?? [];
    expect(summary(Buffer.concat(parts))).toBe(summary(bytesOf(200_000).subarray(0, 100_000)));
    expect(parts.every((part) => part.byteLength === part.buffer.byteLength)).toBe(true);
  });

  it('gives what was there first when the file grows meanwhile', () => {
    const path = file(bytesOf(200_000));
    readSync = ((fd: number, buffer: Uint8Array, offset: number, length: number, position: null) => {
      if (offset > 0) real.appendFileSync(path, bytesOf(5000));
      return real.readSync(fd, buffer, offset, length, position);
    }) as typeof Fs.readSync;
    expect(summary(Buffer.concat(new RecordReader().read(path) ?? []))).toBe(summary(bytesOf(200_000)));
  });

  it('closes the file when reading fails, at once or later', () => {
    const path = file(bytesOf(200_000));
    for (const from of [0, 1]) {
      readSync = ((fd: number, buffer: Uint8Array, offset: number, length: number, position: null) => {
        if (offset >= from) throw Object.assign(new Error('A bad sector'), { code: 'EIO' });
        return real.readSync(fd, buffer, offset, length, position);
      }) as typeof Fs.readSync;
      expect(() => new RecordReader().read(path)).toThrow('A bad sector');
      expect([...open]).toEqual([]);
    }
    expect(() => peekRecord(path, 'id')).not.toThrow();
  });

  it.each([
    ['does not begin like a record', new Uint8Array(100)],
    ['says that it is shorter', bytesOf(200_000)],
  ])('reads no more than the beginning of a large file that %s', (_, bytes) => {
    const path = file(bytes);
    real.truncateSync(path, 2 ** 43);
    expect(new RecordReader().read(path)?.map(({ byteLength }) => byteLength)).toEqual([HEAD_BYTES]);
  });
});

describe('peekRecord', () => {
  it.each([0, 1, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1])('keeps its head in memory of its own: %i', (size) => {
    const path = file(bytesOf(size));
    const peeked = peekRecord(path, 'id');
    const { head = bytesOf(0), ...rest } = peeked ?? {};
    expect(rest).toEqual({ id: 'id', size, lastUsedAt: real.statSync(path).mtimeMs });
    expect(head.buffer.byteLength).toBe(Math.min(size, HEAD_BYTES));
    expect(peekRecord(`${path}x`, 'id')).toBeUndefined();
  });
});
