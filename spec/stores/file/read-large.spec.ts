import { describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, readlinkSync, renameSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { readLarge } from '../../../lib/stores/file/read-large.ts';
import { LARGE_BYTES } from '../../../lib/stores/file/read-record.ts';
import { HEAD_BYTES, type Parts } from '../../../lib/stores/store.ts';
import { bytesOf, idOf, joined, NEVER, summary } from '../../support/store-suite/use-store.ts';
import { useMemoryFolders } from '../../support/temp-folder.ts';

const folder = useMemoryFolders();
const LARGE = bytesOf(LARGE_BYTES + 5);

describe('A large record', () => {
  it('comes by a promise for those who can wait, and at once for all others', async () => {
    const store = fileStore({ path: join(folder(), 'cache') });
    const [large, smaller] = [bytesOf(LARGE_BYTES), bytesOf(LARGE_BYTES - 1)];
    store.set(idOf(0), [large], NEVER);
    store.set(idOf(1), [smaller], NEVER);
    const later = store.get(idOf(0), 'can wait');
    expect(later).toBeInstanceOf(Promise);
    expect(summary(joined(await later))).toBe(summary(large));
    expect(summary(joined(store.get(idOf(0))))).toBe(summary(large));
    const soon = store.get(idOf(1), 'can wait');
    expect(soon).not.toBeInstanceOf(Promise);
    expect(summary(joined(await soon))).toBe(summary(smaller));
    expect(store.get(idOf(2), 'can wait')).toBeUndefined();
  });

  it('is undefined when it is removed while its reader waits for its turn', async () => {
    const store = fileStore({ path: join(folder(), 'cache') });
    store.set(idOf(0), [LARGE], NEVER);
    const answers = Array.from({ length: 5 }, async () => store.get(idOf(0), 'can wait'));
    unlinkSync(store.pathOf(idOf(0)) as string);
    const found = await Promise.all(answers);
    expect(found.at(-1)).toBeUndefined();
    for (const parts of found) if (parts !== undefined) expect(summary(joined(parts))).toBe(summary(LARGE));
  });

  it('is whole, the old one or the new one, when it is replaced meanwhile', async () => {
    const path = join(folder(), 'record');
    const records = [LARGE, bytesOf(LARGE_BYTES + 9, 1)] as const;
    writeFileSync(path, records[0]);
    const reads = Array.from({ length: 6 }, async () => readLarge(path, idOf(0)));
    await reads[0];
    writeFileSync(`${path}.new`, records[1]);
    renameSync(`${path}.new`, path);
    const summaries = (await Promise.all(reads)).map((parts) => summary(joined(parts)));
    expect(records.map(summary)).toEqual(expect.arrayContaining(summaries));
    expect(summaries.at(-1)).toBe(summary(records[1]));
  });

  it('is read no further than it begins when its file was cut off, or is no record', async () => {
    const path = join(folder(), 'record');
    writeFileSync(path, LARGE);
    for (const length of [LARGE_BYTES, 4097, 4096, 10, 0]) {
      truncateSync(path, length);
      expect(summary(joined(await readLarge(path, idOf(0))))).toBe(
        summary(LARGE.subarray(0, Math.min(length, HEAD_BYTES))),
      );
    }
    truncateSync(path, 2 ** 40);
    expect((await readLarge(path, idOf(0)))?.map(({ byteLength }) => byteLength)).toEqual([HEAD_BYTES]);
  });

  it('belongs to its reader, each a memory of its own', async () => {
    const path = join(folder(), 'record');
    writeFileSync(path, LARGE);
    const [first, second] = await Promise.all([readLarge(path, idOf(0)), readLarge(path, idOf(0))]);
    for (const part of first ?? []) part.fill(0);
    expect(summary(joined(second))).toBe(summary(LARGE));
  });

  it('is an error that names what is wrong where no file stands', async () => {
    const path = join(folder(), 'record');
    mkdirSync(path);
    await expect(readLarge(path, idOf(0))).rejects.toMatchObject({ code: 'ERR_TEMPCACHE_STORE', path, id: idOf(0) });
    // A failure gives its place back: the next ones do not wait for ever.
    const absent: (Parts | undefined)[] = [];
    for (let n = 0; n < 5; n++) absent.push(await readLarge(`${path}/none`, idOf(n)));
    expect(absent).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it.each([1, 40])('holds few descriptors, and none afterwards: %i at once', async (count) => {
    const path = join(folder(), 'record');
    writeFileSync(path, LARGE);
    const before = descriptors(path);
    let most = 0;
    const reads = Array.from({ length: count }, async () => {
      const parts = await readLarge(path, idOf(0));
      most = Math.max(most, descriptors(path));
      return parts?.at(-1)?.length;
    });
    expect(new Set(await Promise.all(reads))).toEqual(new Set([LARGE.length - 4096]));
    expect(before).toBe(0);
    expect(most).toBeLessThanOrEqual(2);
    expect(descriptors(path)).toBe(0);
  });
});

/** How many descriptors of this process lead to a file. Always none on systems that do not tell. */
function descriptors(path: string): number {
  try {
    return readdirSync('/proc/self/fd').filter((fd) => targetOf(fd) === path).length;
  } catch {
    return 0;
  }
}

function targetOf(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}
