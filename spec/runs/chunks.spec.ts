import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChunkBuffer, chunkIdOf, ItemReader, itemsOfChunk, nameOfChunk } from '../../lib/runs/chunks.ts';
import { isChunkId } from '../../lib/common/ids.ts';
import { CorruptItemError } from '../../lib/common/errors.ts';
import { ID } from '../support/records.ts';

const NAME = { id: ID, token: 'a'.repeat(32), index: 7 };
const payloads = fc.array(fc.record({ encoding: fc.nat(0xffff_ffff), bytes: fc.uint8Array({ maxLength: 5000 }) }));

function readAll(bytes: Uint8Array): unknown[] {
  const reader = new ItemReader(bytes);
  const items: unknown[] = [];
  for (let item = reader.next(); item !== undefined; item = reader.next()) {
    items.push({ encoding: item.encoding, bytes: Uint8Array.from(item.bytes) });
  }
  return items;
}

describe('A chunk', () => {
  it('has an id of its own for each run and index, which listings know', () => {
    const names = [NAME, { ...NAME, index: 8 }, { ...NAME, token: 'b'.repeat(32) }, { ...NAME, id: 'c'.repeat(64) }];
    const ids = names.map((name) => chunkIdOf(name));
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect([id.length, isChunkId(id)]).toEqual([64, true]);
    expect(chunkIdOf(NAME)).toBe(ids[0]);
    expect(isChunkId(ID)).toBe(false);
  });

  it('gives back what it was given', () => {
    fc.assert(
      fc.property(payloads, (items) => {
        const buffer = new ChunkBuffer();
        for (const item of items) buffer.add(item);
        expect(buffer.isEmpty).toBe(items.length === 0);
        const chunk = buffer.chunk(NAME);
        expect(nameOfChunk(chunk)).toEqual(NAME);
        expect(readAll(itemsOfChunk(chunk, NAME))).toEqual(items);
        expect(readAll(buffer.items())).toEqual(items);
      }),
    );
  });

  it('is full with 1,000 items or about 64 KB, and empty again afterwards', () => {
    for (const [length, count] of [
      [0, 1000],
      [100, 569],
      [1_000_000, 1],
    ] as const) {
      const buffer = new ChunkBuffer();
      for (let round = 0; round < 2; round++) {
        let added = 1;
        while (!buffer.add({ encoding: 1, bytes: new Uint8Array(length) })) added++;
        expect(added).toBe(count);
        buffer.clear();
        expect(buffer.isEmpty).toBe(true);
      }
    }
  });

  it('of another item, run or index is refused', () => {
    const buffer = new ChunkBuffer();
    buffer.add({ encoding: 1, bytes: Uint8Array.of(1) });
    const chunk = buffer.chunk(NAME);
    for (const other of [{ id: 'c'.repeat(64) }, { token: 'b'.repeat(32) }, { index: 8 }]) {
      expect(() => itemsOfChunk(chunk, { ...NAME, ...other })).toThrow(CorruptItemError);
    }
  });

  it('of any bytes at all is read or refused, with no other error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const read of [() => readAll(bytes), () => nameOfChunk(bytes)]) {
          try {
            read();
          } catch (error) {
            expect(error).toBeInstanceOf(CorruptItemError);
          }
        }
      }),
    );
  });
});
