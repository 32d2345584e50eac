/** The content of files, as far as calls depend on it. */

import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync, type BigIntStats } from 'node:fs';
import { resolve } from 'node:path';

const MAX_KNOWN = 10_000;
const BLOCK = 65_536;
/** Ms. A file that was changed so lately may be changed again without another time. */
const LATELY = 2000;

/** The digests of files by path, each with what the file looked like. */
const known = new Map<string, { readonly look: string; readonly digest: string }>();

/** The digest of the content of a file, which is read where it does not look as before; `'missing'` for none. @throws what `node:fs` throws */
export function digestOfContent(path: string): string {
  const file = resolve(path);
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) return 'missing';
  const look = lookOf(stats);
  const before = known.get(file);
  if (before?.look === look) return before.digest;
  const { digest, isSettled } = read(file);
  if (known.size >= MAX_KNOWN) known.clear();
  if (isSettled) known.set(file, { look, digest });
  else known.delete(file);
  return digest;
}

function lookOf({ size, mtimeNs, ctimeNs, ino, dev }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino, dev].join(' ');
}

function read(file: string): { readonly digest: string; readonly isSettled: boolean } {
  const descriptor = openSync(file, 'r');
  try {
    const before = fstatSync(descriptor, { bigint: true });
    const content = createHash('sha256');
    const block = Buffer.allocUnsafe(BLOCK);
    for (let length = BLOCK; length > 0; content.update(block.subarray(0, length)))
      length = readSync(descriptor, block, 0, BLOCK, null);
    const after = fstatSync(descriptor, { bigint: true });
    const age = Date.now() - Math.max(Number(after.mtimeMs), Number(after.ctimeMs));
    return { digest: content.digest('hex'), isSettled: lookOf(before) === lookOf(after) && age > LATELY };
  } finally {
    closeSync(descriptor);
  }
}
