import { describe, expect, it } from '@jest/globals';
import { devalueSerializer } from '../../../lib/serializers/devalue.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { useClock } from '../../support/clock.ts';
import { flip } from '../../support/inspected.ts';
import { idFrom, useFilledShelves, useShelves } from '../../support/shelf.ts';

const shelf = useShelves();
useClock();

const filled = useFilledShelves();

describe('tempcache show', () => {
  it('shows what is known of an entry and its value, and says what decodes it', async () => {
    const { code, out, err } = await filled().run(['show', 'aa11']);
    expect(out).toMatchInlineSnapshot(`
     "id          aa110123456789abcdef0123456789abcdef0123456789abcdef0123456789ab
     cache       demo (<root>/demo)
     function    loadUser
     label       user 1
     saved       2027-01-15 06:00:00 UTC (2h ago)
     expires     2027-01-17 06:00:00 UTC (in 2d)
     last use    2027-01-15 07:00:00 UTC (1h ago)
     size        197 bytes
     serializer  json (version 1)
     computed in 120ms
     value       decoded by the serializer json:
     { id: 1, name: 'Ann' }
     "
    `);
    expect([code, err]).toEqual([0, '']);
  });

  it('says what there is to say of an item without a function, with no end or an end that has passed', async () => {
    const made = filled();
    expect((await made.run(['show', 'cc11', '--head'])).out).toMatchInlineSnapshot(`
     "id          cc110123456789abcdef0123456789abcdef0123456789abcdef0123456789ab
     cache       demo (<root>/demo)
     function    - (an item saved by hand)
     saved       2027-01-15 06:00:00 UTC (2h ago)
     expires     2027-01-15 07:00:00 UTC (1h ago)
     last use    2027-01-15 06:30:00 UTC (2h ago)
     size        167 bytes
     serializer  json (version 1)
     computed in -
     "
    `);
    expect((await made.run(['show', 'bb11', '--head'])).out).toContain('expires     never\n');
  });

  it('shows a failure that is kept, and ls says that it is one', async () => {
    const made = shelf();
    const cache = new TempCache(made.pathOf('demo'), { cacheErrors: { maxAge: '1h' } });
    const load = cache.wrap(() => JSON.parse('{') as unknown, { name: 'load' });
    expect(() => load()).toThrow(SyntaxError);
    const [failure] = [...cache.items()];
    cache.close();
    const { out } = await made.run(['show', failure?.id ?? '']);
    expect(out).toMatch(/\nkind {8}a failure, thrown again\n.*\nSyntaxError: /s);
    expect((await made.run(['ls', 'demo'])).out).toContain('load (failed)');
    expect((await made.run(['verify'])).code).toBe(0);
  });

  it('gives a value as JSON where JSON can hold it', async () => {
    const made = filled();
    const { out } = await made.run(['show', 'AA11', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      cache: 'demo',
      path: '<root>/demo',
      entry: { id: idFrom('aa11'), label: 'user 1' },
      value: { id: 1, name: 'Ann' },
      inspected: "{ id: 1, name: 'Ann' }",
    });
    expect(JSON.parse((await made.run(['show', 'aa11', '--json', '--head'])).out)).not.toHaveProperty('value');
  });

  it('shows values of v8 and devalue, and what a generator gave', async () => {
    const made = shelf();
    const cache = new TempCache(made.pathOf('kinds'), { stats: false });
    const map = cache.itemForKey('map');
    map.save(new Map([[1n, new Set(['x'])]]));
    const date = cache.with({ serializer: devalueSerializer() }).itemForKey('date');
    date.save(new Date(0));
    const count = cache.wrap(
      function* count(to: number): Generator<number, void> {
        for (let n = 0; n < to; n++) yield n;
      },
      { deps: [] },
    );
    expect([...count(3)]).toEqual([0, 1, 2]);
    const shown = async (id: string): Promise<string> => (await made.run(['show', id])).out;
    expect(await shown(map.id)).toContain("decoded by the serializer v8:\nMap(1) { 1n => Set(1) { 'x' } }\n");
    expect(await shown(date.id)).toContain('decoded by the serializer devalue:\n1970-01-01T00:00:00.000Z\n');
    const run = await shown(count.cache.itemFor(3).id);
    expect(run).toContain('kind        the run of a generator\n');
    expect(run).toContain('[ 0, 1, 2 ]\n');
    const json = JSON.parse((await made.run(['show', map.id, '--json'])).out) as unknown;
    expect(json).not.toHaveProperty('value');
    expect(json).toHaveProperty('inspected', "Map(1) { 1n => Set(1) { 'x' } }");
  });

  it('gives the bytes as they are, but not to a terminal', async () => {
    const made = filled();
    expect((await made.run(['show', 'aa11', '--raw'])).out).toBe('{"id":1,"name":"Ann"}');
    const { code, out, err } = await made.run(['show', 'aa11', '--raw'], { terminal: 80 });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('send them into a file or a program');
    expect(await made.run(['show', 'aa11', '--raw', '--json'])).toMatchObject({ code: 2, out: '' });
  });

  it('lets no value write to the terminal', async () => {
    const made = shelf();
    const item = new TempCache(made.pathOf('evil'), { stats: false }).itemForKey(1);
    item.save(new Error('\u001B]0;title\u0007'));
    const { out } = await made.run(['show', item.id], { terminal: 80, env: { NO_COLOR: '1' } });
    expect(out).toContain(String.raw`\x1b]0;title\x07`);
    expect(out).not.toContain('\u001B');
  });

  it('paints a value on a terminal', async () => {
    const { out } = await filled().run(['show', 'aa11'], { terminal: 80 });
    expect(out).toContain("{ id: \u001B[33m1\u001B[39m, name: \u001B[32m'Ann'\u001B[39m }");
  });
});

describe('tempcache show, of what cannot be shown,', () => {
  it('names the cure for a beginning of several ids, and for an id in several caches', async () => {
    const made = filled();
    made.put('demo', { id: idFrom('aaaa11') }, { id: idFrom('aaaa22') });
    made.put('other', { id: idFrom('dd11') });
    const several = await made.run(['show', 'aaaa']);
    expect(several).toMatchObject({ code: 2, out: '' });
    expect(several.err).toBe(
      `tempcache: 2 entries begin with aaaa; give more of the id:\n  ${idFrom('aaaa11')} in demo\n  ${idFrom('aaaa22')} in demo\n`,
    );
    const twice = await made.run(['show', 'dd11']);
    expect(twice.err).toContain('name the cache with --cache');
    expect((await made.run(['show', 'dd11', '--cache', 'other'])).out).toContain('cache       other (<root>/other)');
  });

  it.each([
    ['what is no id', ['show', 'xyz'], 2, '"xyz" is no id: give the first 4 or more of its hex characters'],
    ['too few characters', ['show', 'aa1'], 2, '"aa1" is no id'],
    ['what is nowhere', ['show', 'ffff'], 1, 'No entry of any cache begins with ffff'],
    ['what is not there', ['show', 'dd11', '-c', 'demo'], 1, 'No entry of the cache "demo" begins with dd11'],
  ])('tells of %s', async (_, argv, code, message) => {
    const { err, ...rest } = await filled().run(argv);
    expect(rest).toEqual({ code, out: '' });
    expect(err).toContain(`tempcache: ${message}`);
    expect(err.trimEnd()).not.toContain('\n');
  });

  it('tells of a damaged entry, and how to remove it', async () => {
    const made = filled();
    flip(made.pathOf('demo'), idFrom('aa11'));
    for (const argv of [
      ['show', 'aa11'],
      ['show', 'aa11', '--head'],
    ]) {
      const { code, out, err } = await made.run(argv);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('`tempcache rm aa1101234567` removes it');
    }
  });

  it('tells of a serializer that it does not have, and still gives the bytes', async () => {
    const made = shelf();
    made.put('own', { id: idFrom('ab11'), serializer: 'msgpack', value: 1 });
    const { code, err } = await made.run(['show', 'ab11']);
    expect(code).toBe(1);
    expect(err).toContain('msgpack');
    expect(await made.run(['show', 'ab11', '--raw'])).toEqual({ code: 0, out: '1', err: '' });
    expect(await made.run(['show', 'ab11', '--head'])).toMatchObject({ code: 0, err: '' });
  });
});
