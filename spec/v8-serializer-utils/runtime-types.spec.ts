import { describe, expect, it } from '@jest/globals';
import { readdirSync, statSync, Stats } from 'node:fs';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/index.ts';
import { deserialize, serialize } from '../../lib/v8-serializer-utils/index.ts';

const roundTrip = <T>(value: T): T => deserialize(serialize(value)) as T;

describe('An object of the runtime comes back as it was:', () => {
  it('headers, in their order, with cookies apart', () => {
    const headers = new Headers({ b: '1', a: '2' });
    headers.append('set-cookie', 'x=1');
    headers.append('set-cookie', 'y=2');
    const read = roundTrip({ headers, again: headers });
    expect([...read.headers]).toEqual([...headers]);
    expect([read.headers.getSetCookie(), read.headers === read.again]).toEqual([['x=1', 'y=2'], true]);
    expect(read.headers).toBeInstanceOf(Headers);
  });

  it('form data of texts', () => {
    const form = new FormData();
    form.append('name', 'one');
    form.append('name', 'two');
    expect([...roundTrip(form)]).toEqual([
      ['name', 'one'],
      ['name', 'two'],
    ]);
  });

  it('a DOMException', () => {
    const error = new DOMException('aborted', 'AbortError');
    const read = roundTrip(error);
    expect([read.name, read.message, read.code, read.stack]).toEqual([
      error.name,
      error.message,
      error.code,
      error.stack,
    ]);
    expect(read).toBeInstanceOf(DOMException);
  });

  it('what node:fs says of files', () => {
    const stats = statSync('.');
    const read = roundTrip(stats);
    expect(read).toBeInstanceOf(Stats);
    expect([read.isDirectory(), read.size, read.mtime.getTime(), Object.keys(read)]).toEqual([
      true,
      stats.size,
      stats.mtime.getTime(),
      Object.keys(stats),
    ]);
    const entries = readdirSync('.', { withFileTypes: true });
    const known = (entry: (typeof entries)[number]): unknown[] => [entry.name, entry.isFile(), entry.isDirectory()];
    expect(roundTrip(entries).map(known)).toEqual(entries.map(known));
    expect(roundTrip(entries)).toEqual(entries);
  });

  it.each([
    new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }),
    new Intl.DateTimeFormat('fr', { dateStyle: 'full', timeZone: 'Asia/Tokyo' }),
    new Intl.Collator('sv', { sensitivity: 'base' }),
    new Intl.PluralRules('ar', { type: 'ordinal' }),
    new Intl.ListFormat('en', { type: 'disjunction' }),
    new Intl.RelativeTimeFormat('es', { numeric: 'auto' }),
    new Intl.Segmenter('ja', { granularity: 'word' }),
    new Intl.DisplayNames('en', { type: 'region' }),
  ])('%s', (format) => {
    const read = roundTrip(format);
    expect(read.constructor).toBe(format.constructor);
    expect(read.resolvedOptions()).toEqual(format.resolvedOptions());
  });

  it('a locale', () => {
    const locale = new Intl.Locale('de-CH-u-nu-latn');
    expect([roundTrip(locale).toString(), roundTrip(locale) instanceof Intl.Locale]).toEqual([locale.toString(), true]);
  });

  it('from a cache too', () => {
    const headers = new TempCache('spec', { store: memoryStore() }).wrap(() => new Headers({ a: '1' }), {
      name: 'headers',
    });
    expect([headers().get('a'), headers().get('a'), headers.cache.run().status]).toEqual(['1', '1', 'hit']);
  });
});

describe('An object of the runtime is refused', () => {
  const form = new FormData();
  form.append('file', new Blob(['text']));

  it.each([
    ['with a property that was added', Object.assign(new Headers(), { mine: 1 })],
    ['that is frozen', Object.freeze(new Headers())],
    ['that holds a file', form],
    ['of a subclass', new (class Mine extends Headers {})()],
    ['whose bytes come later', new Blob(['text'])],
    ['that says it is one', Object.create(Headers.prototype) as object],
    ['with a function among its properties', Object.assign(statSync('.'), { mine: () => 1 })],
  ])('%s', (_what, value) => {
    expect(() => serialize({ value })).toThrow(/Cannot store the value: value\.value/);
  });
});
