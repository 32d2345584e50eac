import { describe, expect, it } from '@jest/globals';
import { encodeFingerprints, FINGERPRINT } from '../../../lib/records/fingerprints.ts';
import { START, useClock } from '../../support/clock.ts';
import { firstColumn } from '../../support/command.ts';
import { idFrom, useFilledShelves, useShelves } from '../../support/shelf.ts';

const shelf = useShelves();
useClock();

const filled = useFilledShelves();

describe('tempcache ls <name>', () => {
  it('lists the entries of a cache, the last used one first', async () => {
    const { code, out, err } = await filled().run(['ls', 'demo']);
    expect(out).toMatchInlineSnapshot(`
     "ID            FUNCTION  LABEL   AGE  EXPIRES   COST    SIZE  SERIALIZER
     aa2201234567  loadUser  user 2   2h  in 2d     80ms   184 B  json
     aa1101234567  loadUser  user 1   2h  in 2d    120ms   197 B  json
     cc1101234567  -                  2h  1h ago       -   167 B  json
     bb1101234567  report             2h  never        -  5.0 KB  json
     "
    `);
    expect([code, err]).toEqual([0, '']);
  });

  it.each([
    ['used', 'aa22 aa11 cc11 bb11'],
    ['expires', 'bb11 aa cc11'],
    ['size', 'bb11 aa11 aa22 cc11'],
    ['cost', 'aa11 aa22'],
    ['name', 'cc11 aa bb11'],
  ])('orders the entries by %s', async (key, order) => {
    const ids = firstColumn((await filled().run(['ls', 'demo', '--sort', key])).out);
    const places = order.split(' ').map((start) => ids.findIndex((id) => id.startsWith(start)));
    expect(ids).toHaveLength(4);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    const back = firstColumn((await filled().run(['ls', 'demo', '--sort', key, '--reverse'])).out);
    expect(back[key === 'cost' ? 3 : back.length - 1]?.slice(0, 2)).toBe(order.slice(0, 2));
  });

  it('shows a part of them and says so, or those of one function', async () => {
    const made = filled();
    const part = await made.run(['ls', 'demo', '--limit', '2']);
    expect(firstColumn(part.out)).toHaveLength(2);
    expect(part.err).toBe('2 more entries: --limit all shows all\n');
    const own = await made.run(['ls', 'demo', '--function', 'loadUser', '--sort', 'created']);
    expect(
      firstColumn(own.out)
        .map((id) => id.slice(0, 4))
        .toSorted(),
    ).toEqual(['aa11', 'aa22']);
    expect((await made.run(['ls', 'demo', '-f', 'nobody'])).err).toBe(
      'There are no such entries in the cache "demo".\n',
    );
  });

  it('gives all entries as JSON, also in an order', async () => {
    const made = filled();
    const { out } = await made.run(['ls', 'demo', '--json', '--sort', 'used']);
    const document = JSON.parse(out) as { entries: { id: string }[] };
    expect(document).toMatchObject({ cache: 'demo', path: '<root>/demo', total: 4 });
    expect(document.entries.map(({ id }) => id.slice(0, 4))).toEqual(['aa22', 'aa11', 'cc11', 'bb11']);
    expect(document.entries[3]).toEqual({
      id: idFrom('bb11'),
      kind: 'value',
      name: 'report',
      identity: '',
      label: '',
      createdAt: START - 7_200_000,
      expiresAt: null,
      expired: false,
      lastUsedAt: START - 9 * 86_400_000,
      bytes: expect.any(Number),
      serializer: 'json',
      serializerVersion: 1,
      staleUntil: null,
      computeMs: 0,
    });
    const unordered = JSON.parse((await made.run(['ls', 'demo', '--json'])).out) as { entries: unknown[] };
    expect(unordered.entries).toHaveLength(4);
    const empty = JSON.parse((await made.run(['ls', 'demo', '--json', '-f', 'nobody'])).out) as unknown;
    expect(empty).toEqual({ cache: 'demo', path: '<root>/demo', entries: [], total: 0, superseded: 0 });
  });

  it('tells how many are of code that was edited since', async () => {
    const made = shelf();
    const versions = [1, 2].map((code) =>
      encodeFingerprints(new Uint8Array(0), [
        [FINGERPRINT.place, 1],
        [FINGERPRINT.code, code],
      ]),
    );
    const load = versions.map((fingerprints, at) => ({
      id: idFrom(`aa${at}`),
      name: 'load',
      identity: String(at).repeat(16),
      fingerprints,
      createdAt: START - 4 * 86_400_000,
      expiresAt: Infinity,
      usedAgo: (3 - at) * 86_400_000,
    }));
    made.put('demo', ...load, { id: idFrom('bb'), name: 'other' });
    expect((await made.run(['ls', 'demo'])).err).toBe(
      '1 entry is superseded: `tempcache prune --superseded` removes it\n',
    );
    expect((await made.run(['ls', 'demo', '-f', 'other'])).err).toBe('');
    expect(JSON.parse((await made.run(['ls', 'demo', '--json'])).out)).toMatchObject({ total: 3, superseded: 1 });
    expect((await made.run(['stats', 'demo'])).out).toMatch(/SUPERSEDED[^]*load .* 1 /);
    const kept = await made.run(['prune', 'demo', '--keep-versions', '2', '--dry-run']);
    const lately = await made.run(['prune', 'demo', '--keep-versions', '1', '--dry-run']);
    expect([kept.out, lately.out]).toEqual([
      'Would remove 0 files (0 B).\n',
      expect.stringMatching(/: 1 of code that was edited since/),
    ]);
    expect((await made.run(['prune', 'demo', '--superseded'])).out).toMatch(/1 of code that was edited since/);
    expect((await made.run(['ls', 'demo'])).err).toBe('');
  });

  it('lists more entries than it lays out at a time, all of them in lines of their own', async () => {
    const made = shelf();
    made.put('many', ...Array.from({ length: 1203 }, (_, n) => ({ id: idFrom(n.toString(16).padStart(6, '0')) })));
    const { out } = await made.run(['ls', 'many', '--limit', 'all']);
    expect(new Set(firstColumn(out)).size).toBe(1203);
    const lengths = out
      .trimEnd()
      .split('\n')
      .map((line) => line.length);
    expect(new Set(lengths).size).toBe(2);
  });

  it('lets no label write to the terminal, and none be wider than it', async () => {
    const made = shelf();
    made.put('evil', { id: idFrom('ee11'), name: '\u001B[2Jx', label: `\u009B31m\n${'漢'.repeat(50)}` });
    const { out } = await made.run(['ls', 'evil'], { terminal: 70, env: { NO_COLOR: '1' } });
    expect(out).toMatchInlineSnapshot(`
     "ID            FUNCTION  LABEL                      AGE  EXPIRES   SIZE
     ee1101234567  \\x1b[2Jx  \\x9b31m\\…漢漢漢漢漢漢漢漢   2h  in 2d    324 B
     "
    `);
    const json = await made.run(['ls', 'evil', '--json']);
    expect(json.out).not.toContain('\u001B');
    expect(json.out).not.toContain('\u009B');
  });

  it('cuts labels in the middle, so that those that begin alike stay apart', async () => {
    const made = shelf();
    const urls = ['aa', 'bb'].map(
      (end) => `http://127.0.0.1:8080/pages/of/a/very/long/path/that/goes/on/and/on/${end}`,
    );
    made.put('demo', ...urls.map((label, n) => ({ id: idFrom(`a${n}b${n}`), name: 'fetchPage', label })));
    const { out } = await made.run(['ls', 'demo'], { terminal: 80, env: { NO_COLOR: '1' } });
    const lines = out.trimEnd().split('\n').slice(1);
    expect(new Set(lines.map((line) => /http\S+/.exec(line)?.[0].slice(-4)))).toEqual(new Set(['n/aa', 'n/bb']));
    expect(lines.every((line) => line.includes('…') && line.length <= 80)).toBe(true);
  });

  it('tells what may still be served past its age from what has expired', async () => {
    const made = shelf();
    const hour = 3_600_000;
    const createdAt = START - 2 * hour;
    const life = { createdAt, maxAge: hour, expiresAt: Infinity };
    made.put(
      'demo',
      { id: idFrom('aa11'), ...life, keepUntil: createdAt + 5 * hour },
      { id: idFrom('bb11'), ...life, keepUntil: createdAt + hour },
      { id: idFrom('cc11'), ...life, maxAge: 3 * hour, keepUntil: createdAt + 3 * hour },
    );
    const { out } = await made.run(['ls', 'demo', '--sort', 'name'], { env: { FORCE_COLOR: '1' } });
    const line = (start: string): string => out.split('\n').find((row) => row.includes(start)) ?? '';
    expect(line('aa11')).toContain('\u001B[33mstale, 3h left');
    expect(line('bb11')).toContain('\u001B[2m1h ago');
    expect(line('cc11')).toContain('in 1h');
  });

  it('says below the table how many more there are', async () => {
    const { out, err } = await filled().run(['ls', 'demo', '--limit', '1'], { terminal: 80, env: { NO_COLOR: '1' } });
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(err).toBe('3 more entries: --limit all shows all\n');
  });
});
