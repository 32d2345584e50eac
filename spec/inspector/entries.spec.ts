import { describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import { START, useClock } from '../support/clock.ts';
import { contentsOf, countTo, flip, partsIn, sizeOf, useAt, useInspected } from '../support/inspected.ts';
import { idOf } from '../support/store-suite/use-store.ts';

const HOUR = 3_600_000;
const inspected = useInspected();
const clock = useClock();

describe('The entries of an inspector', () => {
  it('tell what their records say', () => {
    const { cache, inspector, path } = inspected({ maxAge: '2h' });
    const twice = cache.wrap((n: number) => n * 2, { name: 'twice', label: (n) => `twice ${n}` });
    const id = twice.cache.itemFor(4).id;
    twice(4);
    useAt(path, id, START + 1000);
    expect([...inspector.entries()]).toEqual([
      {
        id,
        kind: 'value',
        name: 'twice',
        identity: expect.stringMatching(/^[0-9a-f]{16}$/),
        label: 'twice 4',
        createdAt: START,
        expiresAt: START + 2 * HOUR,
        expired: false,
        lastUsedAt: START + 1000,
        bytes: statSync(join(path, id)).size,
        serializer: 'v8',
        serializerVersion: 1,
        staleUntil: START + 7_200_000,
        computeMs: expect.any(Number),
      },
    ]);
  });

  it('expire as they say themselves, not as a program would have it', () => {
    const { cache, inspector } = inspected({ maxAge: '1d', serializer: jsonSerializer() });
    cache.itemForKey('short').save(1, { maxAge: '1m' });
    cache.with({ maxAge: Infinity }).itemForKey('for ever').save(2);
    clock.now += HOUR;
    const byExpiry = [...inspector.entries()].sort((a, b) => a.expiresAt - b.expiresAt);
    expect(byExpiry).toMatchObject([
      { expiresAt: START + 60_000, expired: true, serializer: 'json', name: '' },
      { expiresAt: Infinity, expired: false },
    ]);
  });

  it('are those of one name where that is asked for', () => {
    const { cache, inspector } = inspected();
    const one = cache.wrap((n: number) => n, { name: 'one' });
    const long = cache.wrap((n: number) => -n, { name: 'x'.repeat(3000) });
    one(1);
    one(2);
    long(1);
    cache.itemForKey('by hand').save(0);
    const count = (name: string): number => [...inspector.entries({ name })].length;
    expect([count('one'), count('x'.repeat(3000)), count(''), count('two')]).toEqual([2, 1, 1, 0]);
  });

  it('count the parts of a run, and list none of them', () => {
    const { cache, inspector, path } = inspected();
    const count = cache.wrap(countTo, { name: 'count' });
    for (const _ of count(2500));
    const { id } = count.cache.itemFor(2500);
    const parts = partsIn(path);
    expect(parts.length).toBeGreaterThan(1);
    expect([...inspector.entries()]).toMatchObject([{ id, kind: 'run', bytes: sizeOf(path, [id, ...parts]) }]);
  });

  it('tell of damage, and go on', () => {
    const { cache, inspector, path } = inspected();
    const ids = ['good', 'cut', 'empty', 'rubbish'].map((key) => cache.itemForKey(key).id);
    for (const key of ['good', 'cut']) cache.itemForKey(key).save(key);
    truncateSync(join(path, ids[1] as string), statSync(join(path, ids[1] as string)).size - 1);
    writeFileSync(join(path, ids[2] as string), '');
    writeFileSync(join(path, ids[3] as string), 'x'.repeat(500));
    const problems = new Map(Array.from(inspector.entries(), ({ id, problem }) => [id, problem]));
    expect(problems).toEqual(
      new Map([
        [ids[0], undefined],
        [ids[1], expect.stringMatching(/has \d+ bytes instead of \d+$/)],
        [ids[2], expect.stringContaining('it has only 0 bytes')],
        [ids[3], expect.stringContaining('it does not begin like a record')],
      ]),
    );
    expect([...inspector.entries({ name: '' })].find(({ id }) => id === ids[3])).toMatchObject({
      bytes: 500,
      createdAt: 0,
      serializer: '',
    });
  });

  it('are neither foreign files nor folders, nor what the cache keeps for itself', () => {
    const { cache, inspector, path } = inspected({ stats: true });
    cache.cacheResult(function answer() {
      return 42;
    });
    cache.close();
    writeFileSync(join(path, 'notes.txt'), 'mine');
    mkdirSync(join(path, idOf('folder')));
    expect(Array.from(inspector.entries(), ({ name }) => name)).toEqual(['answer']);
    expect(inspector.find(idOf('folder').slice(0, 10))).toEqual([]);
  });

  it('are read without a change to the folder', () => {
    const { cache, inspector, path } = inspected();
    for (const _ of cache.wrap(countTo, { name: 'count' })(1500));
    cache.itemForKey('damaged').save(1);
    flip(path, cache.itemForKey('damaged').id);
    const before = contentsOf(path);
    const all = [...inspector.entries()];
    inspector.summary();
    inspector.functions();
    for (const { id } of all) inspector.find(id);
    expect(contentsOf(path)).toEqual(before);
    expect(readFileSync(join(path, cache.itemForKey('damaged').id)).length).toBeGreaterThan(0);
  });
});

describe('find', () => {
  it('gives the ids that begin so, in any case of letters', () => {
    const { cache, inspector } = inspected();
    for (let n = 0; n < 30; n++) cache.itemForKey(n).save(n);
    for (const { id } of inspector.entries()) {
      expect(inspector.find(id)).toEqual([id]);
      expect(inspector.find(id.slice(0, 6).toUpperCase())).toContain(id);
    }
    expect(inspector.find('0'.repeat(12))).toEqual([]);
  });

  it('gives twenty at most, sorted', () => {
    const { cache, inspector, path } = inspected();
    cache.itemForKey(0).save(0);
    for (let n = 10; n < 35; n++) writeFileSync(join(path, `abcd${n}`.padEnd(64, '0')), '');
    const found = inspector.find('abcd');
    expect(found).toHaveLength(20);
    expect(found).toEqual(found.toSorted());
  });

  it.each(['', 'abc', 'xyzw', '../..', 'a'.repeat(65)])('refuses %j', (prefix) => {
    expect(() => inspected().inspector.find(prefix)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
    );
  });
});
