import { beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { GRACE } from '../../../lib/stores/file/counter-files.ts';
import { encodeLine } from '../../../lib/stores/file/counter-log.ts';
import type { FileCounters } from '../../../lib/stores/file/counters.ts';
import { useCounterFolders } from '../../support/counter-folder.ts';

/** Enough increments of 1 to make a log long. */
const MANY = 3000;

describe('Counters in a long log', () => {
  const folder = useCounterFolders();
  let counters: FileCounters;
  const read = (by = counters): number | undefined => by.read('calls')['hits'];
  const addMany = (): void => {
    for (let n = 0; n < MANY; n++) counters.add('calls', { hits: 1 });
  };

  beforeEach(() => {
    counters = folder.begin();
    addMany();
  });

  it('are set aside once by those who add, and added to the sums a minute later', () => {
    expect([folder.names(), read(), read(folder.begin())]).toEqual([['counters', 'counters-1'], MANY, MANY]);
    counters.compact();
    folder.now += GRACE - 1000;
    counters.compact();
    expect([folder.names(), read()]).toEqual([['counters', 'counters-1'], MANY]);
    folder.now += 1000;
    counters.compact();
    expect([folder.names(), read(), read(folder.begin())]).toEqual([['counters', 'counters-sums'], MANY, MANY]);
  });

  it('are set aside and summed up again and again, in two places by turns', () => {
    const reader = folder.begin();
    const places: unknown[] = [];
    for (let round = 1; round <= 4; round++) {
      folder.now += GRACE;
      counters.compact();
      addMany();
      counters.compact();
      places.push(folder.names().filter((name) => name !== 'counters'));
      expect([read(reader), read(), read(folder.begin())]).toEqual(Array(3).fill((round + 1) * MANY));
    }
    expect(places).toEqual([0, 1, 0, 1].map((place) => [`counters-${place}`, 'counters-sums']));
  });

  it('are left alone while another process moves them', () => {
    folder.isLeased = true;
    folder.now += GRACE;
    counters.compact();
    expect(folder.names()).toContain('counters-1');
    folder.isLeased = false;
    counters.compact();
    expect(folder.names()).not.toContain('counters-1');
  });

  it('hear of a late writer that still has the old log open', () => {
    const reader = folder.begin();
    expect(read(reader)).toBe(MANY);
    appendFileSync(folder.at('counters-1'), encodeLine(['calls', { hits: 7 }]));
    expect([read(reader), read(folder.begin())]).toEqual([MANY + 7, MANY + 7]);
    utimesSync(folder.at('counters-1'), folder.now / 1000, folder.now / 1000);
    folder.now += GRACE;
    counters.compact();
    expect([read(reader), read(folder.begin())]).toEqual([MANY + 7, MANY + 7]);
  });

  it('are reset wherever they stand', () => {
    const reader = folder.begin();
    counters.add('usage', { bytes: 3 });
    counters.reset('calls');
    expect([read(), read(reader), reader.read('usage')]).toEqual([undefined, undefined, { bytes: 3 }]);
    folder.now += GRACE;
    counters.compact();
    expect([read(), read(reader), read(folder.begin())]).toEqual([undefined, undefined, undefined]);
    addMany();
    folder.now += 2 * GRACE;
    counters.compact();
    expect([read(), read(reader), read(folder.begin()), folder.begin().read('usage')]).toEqual([
      MANY,
      MANY,
      MANY,
      { bytes: 3 },
    ]);
  });

  it('are read again where they are moved in the middle', () => {
    folder.now += GRACE;
    const reader = folder.begin();
    expect(read(reader)).toBe(MANY);
    counters.compact();
    addMany();
    expect(read(reader)).toBe(2 * MANY);
  });

  it('leave sums without what adds up to nothing', () => {
    counters.add('calls', { hits: -MANY, misses: 1 });
    addMany();
    counters.add('calls', { hits: -MANY });
    for (let round = 0; round < 3; round++) {
      folder.now += GRACE;
      counters.compact();
    }
    expect(readFileSync(folder.at('counters-sums'), 'utf8')).not.toContain('"hits":0');
    expect(counters.read('calls')).toEqual({ misses: 1 });
  });

  it('go on where the sums are damaged, without what stood in them', () => {
    folder.now += GRACE;
    counters.compact();
    writeFileSync(folder.at('counters-sums'), 'rubbish');
    counters.add('calls', { hits: 1 });
    expect(read(folder.begin())).toBeLessThan(MANY);
    addMany();
    folder.now += 2 * GRACE;
    counters.compact();
    expect(read(folder.begin())).toBeGreaterThanOrEqual(MANY);
  });
});
