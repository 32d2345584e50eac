import type { FileHandle } from 'node:fs/promises';
import { HEAD_BYTES } from '../store.ts';
import type { Parts } from '../store.ts';
import { storeFailure } from './failure.ts';
import { checkIsFile, CHUNK, openLater } from './opening.ts';

/**
 * Bytes from which on a record is read in the thread pool for whoever can wait. Measured on two cores, from memory: 1 MB
 * takes 0.2 ms at once and 3.4 times that in the pool, 4 MB 0.9 ms and 1.7 times, 8 MB 1.5 ms and 1.3 times, 100 MB 114 ms
 * and 1.1 times.
 */
export const LARGE_BYTES: number = 4 * 2 ** 20;

/** How many are read at once: half of the thread pool is left to the program, and few descriptors are held. */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** The record of an id, without holding up the event loop, or undefined where there is no such file. @throws StoreError */
export async function readLarge(path: string, id: string): Promise<Parts | undefined> {
  await beginning();
  try {
    return await readNow(path);
  } catch (error) {
    throw storeFailure('read the record', error, { path, id });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

/** When it is the turn of one more. The one that ends hands its place on. */
async function beginning(): Promise<void> {
  if (running < AT_ONCE) {
    running++;
    return;
  }
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
  });
}

async function readNow(path: string): Promise<Parts | undefined> {
  const file = await openLater(path);
  if (file === undefined) return undefined;
  try {
    const size = checkIsFile(await file.stat()).size;
    const head = await filled(file, new Uint8Array(Math.min(size, HEAD_BYTES)));
    return [head, await filled(file, new Uint8Array(size - head.length))];
  } finally {
    await file.close();
  }
}

/** A file that shrinks meanwhile gives less than there is room for, one that grows is cut: neither passes for a whole record. */
async function filled(file: FileHandle, bytes: Uint8Array): Promise<Uint8Array> {
  let at = 0;
  while (at < bytes.length) {
    const { bytesRead } = await file.read(bytes, at, Math.min(bytes.length - at, CHUNK), null);
    if (bytesRead === 0) return bytes.slice(0, at);
    at += bytesRead;
  }
  return bytes;
}
