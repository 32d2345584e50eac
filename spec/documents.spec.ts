import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import {
  anchorsOf,
  brokenLinksOf,
  documentAt,
  documents,
  examplesOf,
  fencesOf,
  partOf,
  root,
  rowsOf,
} from './support/documents.ts';
import { OPTIONS } from '../lib/options/table.ts';
import { survivalTable } from './support/survival.ts';

const guide = documents.filter(({ path }) => path.startsWith('extras/docs/'));
const lib = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

describe('the documents', () => {
  it.each(documents.map((document) => [document.path, document] as const))(
    'lead from %s to files and headings that are there',
    (_path, document) => {
      expect(brokenLinksOf(document)).toEqual([]);
    },
  );

  it.each(documents.map((document) => [document.path, document] as const))(
    'say in %s what each example prints',
    (_path, document) => {
      expect(() => fencesOf(document)).not.toThrow();
      const silent = examplesOf(document).filter(({ kind, prints }) => kind !== 'test' && prints.length === 0);
      expect(silent.map(({ line }) => line)).toEqual([]);
    },
  );
});

describe('the README', () => {
  it('is read in one sitting', () => {
    expect(Buffer.byteLength(documentAt('README.md').text)).toBeLessThan(15_360);
  });

  it('lists every option, and where it can be given', () => {
    const shown = Object.fromEntries(
      rowsOf(sectionOf('README.md', 'Options')).flatMap(([, names = '', places = '']) =>
        Array.from(names.matchAll(/`(\w+)`/g), ([, name = '']) => [name, places] as const),
      ),
    );
    expect(shown).toEqual(Object.fromEntries(Object.entries(OPTIONS).map(([name, { at }]) => [name, placesOf(at)])));
  });

  it('names the packages that come with it', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
    const [, names = ''] = /comes? with it: (.*)\./.exec(documentAt('README.md').text) ?? [];
    const named = Array.from(names.matchAll(/`([^`]+)`/g), ([, name]) => name);
    expect(named).toEqual(Object.keys(dependencies).toSorted());
  });
});

describe('the guide', () => {
  it.each([
    ['reference.md', 'Options of a cache', 'TempCache'],
    ['functions.md', 'Options of `wrap`', 'wrap()'],
  ])('lists in %s, under "%s", all of them', (page, heading, place) => {
    const rows = rowsOf(sectionOf(`extras/docs/${page}`, heading));
    const shown = rows.flatMap(([, names = '']) => Array.from(names.matchAll(/`(\w+)`/g), ([, name = '']) => name));
    const known = Object.entries(OPTIONS).filter(([, { at }]) => (at as readonly string[]).includes(place));
    expect(shown.toSorted()).toEqual(known.map(([name]) => name).toSorted());
  });

  it('lists all of its pages in its index', () => {
    const index = documentAt('extras/docs/README.md').text;
    const pages = guide.map(({ path }) => path.replace('extras/docs/', '')).filter((name) => name !== 'README.md');
    expect(pages.filter((name) => !index.includes(`](${name})`))).toEqual([]);
  });

  it('has one heading for each code of an error, and no other', () => {
    const source = lib.map((name) => readFileSync(join(root, 'lib', name), 'utf8')).join('\n');
    const codes = new Set(source.match(/\bERR_(?:TEMPCACHE_[A-Z_]*[A-Z]|INVALID_ARG_VALUE)\b/g));
    const anchors = anchorsOf(documentAt('extras/docs/errors.md')).filter((anchor) => anchor.startsWith('err_'));
    expect(anchors.toSorted()).toEqual([...codes].map((code) => code.toLowerCase()).toSorted());
  });

  it('has the table of what survives which serializer, as it is', () => {
    const shown = partOf(documentAt('extras/docs/values-and-classes.md'), 'survival table');
    expect(rowsOf(shown)).toEqual(rowsOf(survivalTable()));
  });

  it('shows the figures that the benchmarks have printed', () => {
    const printed = rowsOf(documentAt('extras/bench/README.md').text).map((row) => row.join('|'));
    const shown = rowsOf(partOf(documentAt('extras/docs/benchmarks.md'), 'figures')).map((row) => row.join('|'));
    expect(shown).not.toHaveLength(0);
    expect(shown.filter((row) => !printed.includes(row))).toEqual([]);
  });
});

describe('the map of lib', () => {
  const { text } = documentAt('lib/README.md');

  it('has a line for each room, and for nothing else', () => {
    const rooms = readdirSync(join(root, 'lib'), { withFileTypes: true });
    const shown = rowsOf(text.slice(0, text.indexOf('## Layers'))).flatMap(([, names = '']) => names.match(/[\w.-]+/g));
    const there = rooms.filter(({ name }) => !/^README|^tsconfig/.test(name)).map(({ name }) => name);
    expect(new Set(shown.filter((name) => name !== 'room'))).toEqual(new Set(there));
  });

  it('names files that are there', () => {
    const named = Array.from(text.matchAll(/`([\w-]+\/[\w/-]+\.ts)`/g), ([, path = '']) => path);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(join(root, 'lib', path)))).toEqual([]);
  });
});

/** What stands under a heading, up to the next one. */
function sectionOf(path: string, heading: string): string {
  const [, below = ''] = documentAt(path).text.split(new RegExp(`^#+ ${heading}$`, 'm'));
  return below.split(/^#+ /m)[0] ?? '';
}

/** How the README calls the places where an option can be given. */
function placesOf(at: readonly string[]): string {
  if (!at.includes('TempCache')) return 'function';
  if (at.includes('wrap()')) return 'all';
  return at.includes('with()') ? 'cache, with' : 'cache';
}
