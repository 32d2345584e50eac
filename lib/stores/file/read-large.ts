import { open, type FileHandle } from 'node:fs/promises';
import { HEAD_BYTES, sizeOfLarge } from '../store.ts';
import type { Parts } from '../store.ts';
import { isAbsent, storeFailure } from './failure.ts';
import { checkIsFile, CHUNK, READ_ONLY } from './read-record.ts';

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
    if (isAbsent(error)) return undefined;
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

async function readNow(path: string): Promise<Parts> {
  const file = await open(path, READ_ONLY);
  try {
    const size = checkIsFile(await file.stat()).size;
    const head = await filled(file, new Uint8Array(Math.min(size, HEAD_BYTES)));
    if (size !== sizeOfLarge(head)) return [head];
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
