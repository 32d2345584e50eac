import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { entries, project, tarball } from '../support/packed.ts';

const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .map((name) => name.replace(/^package\//, ''));
const modules = join(project, 'node_modules');
const installed = join(modules, 'tempcache');

type Conditions = Readonly<Record<'import' | 'require', Readonly<Record<'types' | 'default', string>>>>;

interface Manifest {
  readonly exports: Readonly<Record<string, string | Conditions>>;
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly main: string;
  readonly types: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, object>>;
}

const text = (name: string): string => readFileSync(join(installed, name), 'utf8');
const manifest = JSON.parse(text('package.json')) as Manifest;
const code = files.filter((name) => /\.[cm]?js$/.test(name));
const declarations = files.filter((name) => /\.d\.[cm]?ts$/.test(name));

/** What a declaration imports. */
function importsOf(name: string): readonly string[] {
  return [...text(name).matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
}

/** The entries but for package.json, by name. */
const conditions = Object.entries(manifest.exports).filter(
  (entry): entry is [string, Conditions] => typeof entry[1] !== 'string',
);

describe('the packed package', () => {
  it('holds the compiled code, its source, the guide, three documents and its package.json, nothing else', () => {
    const top = new Set(files.map((name) => name.split('/')[0] ?? ''));
    expect([...top].sort()).toStrictEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'extras',
      'lib',
      'package.json',
    ]);
    expect(files.filter((name) => name.startsWith('extras/') && !/^extras\/docs\/[\w-]+\.md$/.test(name))).toEqual([]);
    const others = files.filter((name) => name.startsWith('dist/') && !/\.([cm]js|d\.[cm]ts)$/.test(name));
    expect(others.sort()).toStrictEqual(['dist/THIRD-PARTY-LICENSES.md', 'dist/parts/types.d.cts.map']);
    expect(files.filter((name) => name.startsWith('lib/') && !name.endsWith('.ts'))).toStrictEqual(['lib/README.md']);
  });

  it('brings tmp-promise and what that needs, and no other package', () => {
    expect(Object.keys(manifest.dependencies)).toStrictEqual(['tmp-promise']);
    expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toStrictEqual([
      'tempcache',
      'tmp',
      'tmp-promise',
    ]);
  });

  it('has the licences of what is bundled', () => {
    const licences = text('dist/THIRD-PARTY-LICENSES.md');
    const bundled = [...licences.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    const command = ['ansi-regex', 'commander', 'get-east-asian-width', 'string-width', 'strip-ansi'];
    expect(new Set(bundled)).toStrictEqual(new Set([...command, 'bytes', 'devalue', 'js-tokens', 'ms']));
    expect(licences.match(/Permission is hereby granted/g)).toHaveLength(bundled.length);
  });

  it('requires what it depends on and modules of Node, by names that a bundler can follow', () => {
    const all = code.map((name) => text(name).replaceAll(/\/\*[\s\S]*?\*\//g, '')).join('\n');
    expect(all.match(/import\.meta|createRequire|(?<!#)\bimport\(/g)).toBeNull();
    expect(all.match(/\brequire\((?!["'][^"']+["']\))/g)).toBeNull();
    const required = new Set([...all.matchAll(/\brequire\(["']([^."'][^"']*)["']\)/g)].map((match) => match[1] ?? ''));
    const packages = [...required].filter((name) => !name.startsWith('node:')).toSorted();
    expect(packages).toStrictEqual([...Object.keys(manifest.peerDependencies), 'tmp-promise']);
    expect(Object.keys(manifest.peerDependenciesMeta)).toStrictEqual(Object.keys(manifest.peerDependencies));
    for (const name of Object.keys(manifest.peerDependencies)) {
      const inTry = new RegExp(String.raw`try \{\s*return require\('${name}'\)`);
      expect(
        code.filter((file) => text(file).includes(`require('${name}')`)).every((file) => inTry.test(text(file))),
      ).toBe(true);
      expect(manifest.peerDependenciesMeta[name]).toStrictEqual({ optional: true });
    }
  });

  it('has code and declarations of both kinds for all that can be imported, and the command', () => {
    expect(conditions.map(([name]) => posix.join('tempcache', name))).toStrictEqual(entries);
    const wanted = conditions.flatMap(([, entry]) => [...Object.values(entry.import), ...Object.values(entry.require)]);
    const all = [...wanted, manifest.main, manifest.types, ...Object.values(manifest.bin)];
    for (const file of all) expect(files).toContain(file.replace(/^\.\//, ''));
  });

  it('leads compilers that know no exports to the same declarations', () => {
    const [main, ...others] = conditions.map(([name, entry]) => [name.slice(2), entry.require.types] as const);
    expect(manifest.types).toBe(main?.[1]);
    expect(manifest.typesVersions).toStrictEqual({
      '*': Object.fromEntries(others.map(([name, file]) => [name, [file]])),
    });
  });

  it('has every declaration that another one refers to, and every source that their map leads to', () => {
    const referred = declarations.flatMap((name) =>
      importsOf(name)
        .filter((imported) => imported.startsWith('.'))
        .map((imported) => posix.join(posix.dirname(name), imported).replace(/\.([cm])js$/, '.d.$1ts')),
    );
    expect(referred.length).toBeGreaterThanOrEqual(2 * entries.length);
    expect(referred.filter((name) => !files.includes(name))).toStrictEqual([]);
    const { sources } = JSON.parse(text('dist/parts/types.d.cts.map')) as { sources: readonly string[] };
    const mapped = sources.map((source) => posix.join('dist/parts', source));
    expect(mapped).toContain('lib/temp-cache.ts');
    expect(mapped.filter((name) => !files.includes(name))).toStrictEqual([]);
  });

  it('lets no type of another package into its declarations', () => {
    const imported = declarations.flatMap(importsOf);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !name.startsWith('.') && !name.startsWith('node:'))).toStrictEqual([]);
  });
});
