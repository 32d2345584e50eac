import { describe, expect, it } from '@jest/globals';
import { Listing } from '../../lib/limits/listing.ts';
import { CHUNK_PREFIX, NOTE_PREFIX } from '../../lib/common/ids.ts';

const idOf = (name: string): string => name.padStart(64, 'f');
const entry = (id: string, size = 100): { id: string; size: number; lastUsedAt: number } => ({
  id,
  size,
  lastUsedAt: 1,
});

function totals(listing: Listing): readonly number[] {
  listing.end();
  return [listing.entries, listing.bytes, listing.chunks];
}

describe('a listing', () => {
  it('counts items, the bytes of chunks, and no notes; only items are candidates', () => {
    const listing = new Listing(false);
    listing.add(entry(idOf('1')));
    listing.add(entry(CHUNK_PREFIX.padEnd(64, 'a'), 1000));
    listing.add(entry(NOTE_PREFIX.padEnd(64, 'a'), 10_000));
    expect(totals(listing)).toEqual([1, 1100, 1]);
    expect([listing.candidates.pop()?.id, listing.candidates.pop()]).toEqual([idOf('1'), undefined]);
  });

  describe('that takes long', () => {
    const made = (): Listing => {
      const listing = new Listing(true);
      listing.add(entry(idOf('1')));
      return listing;
    };

    it('takes in what is saved behind it', () => {
      const listing = made();
      listing.change({ id: idOf('2'), entries: 1, bytes: 7 });
      expect(totals(listing)).toEqual([2, 107, 0]);
    });

    it('counts once what is saved before it comes there', () => {
      const listing = made();
      listing.change({ id: idOf('2'), entries: 1, bytes: 7 });
      listing.add(entry(idOf('2'), 7));
      expect(totals(listing)).toEqual([2, 107, 0]);
    });

    it('takes in what becomes of an entry that it has met: longer, or gone', () => {
      const longer = made();
      longer.change({ id: idOf('1'), entries: 0, bytes: 50 });
      expect(totals(longer)).toEqual([1, 150, 0]);
      const gone = made();
      gone.change({ id: idOf('1'), entries: -1, bytes: -100 });
      expect(totals(gone)).toEqual([0, 0, 0]);
    });

    it('does not miss an entry that went before it came there, saved meanwhile or not', () => {
      const listing = made();
      listing.change({ id: idOf('2'), entries: -1, bytes: -100 });
      listing.change({ id: idOf('3'), entries: 1, bytes: 7 });
      listing.change({ id: idOf('3'), entries: -1, bytes: -7 });
      expect(totals(listing)).toEqual([1, 100, 0]);
    });
  });
});
