import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { project, tarball } from '../support/packed.ts';

const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .map((name) => name.replace(/^package\//, ''));
const installed = join(project, 'node_modules', 'tempcache');

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** What a declaration imports. */
function importsOf(name: string): readonly string[] {
  const text = readFileSync(join(installed, name), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
}

describe('the packed package', () => {
  it('holds the compiled code, three documents and its package.json, nothing else', () => {
    const top = new Set(files.map((name) => name.split('/')[0] ?? ''));
    expect([...top].sort()).toStrictEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
    const others = files.filter((name) => name.startsWith('dist/') && !/\.(js|d\.ts)$/.test(name));
    expect(others).toStrictEqual(['dist/THIRD-PARTY-LICENSES.md']);
  });

  it('has the licences of what is bundled, and bundles what it does not depend on', () => {
    const text = readFileSync(join(installed, 'dist/THIRD-PARTY-LICENSES.md'), 'utf8');
    const bundled = [...text.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(bundled).toStrictEqual(['bytes', 'ms']);
    expect(text.match(/Permission is hereby granted/g)).toHaveLength(2);
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
    const code = files
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(installed, name), 'utf8'));
    const imported = new Set(
      code.flatMap((js) => [...js.matchAll(/^import .*? ?from '([^.'][^']*)';$/gm)].map((m) => m[1] ?? '')),
    );
    const known = (name: string): boolean => name.startsWith('node:') || name in dependencies;
    expect([...imported].filter((name) => !known(name))).toStrictEqual([]);
    expect(imported).toContain('commander');
  });

  it('has a bundle and declarations for all that can be imported, and the command', () => {
    const { exports, bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
    const wanted = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : Object.values(entry)));
    expect(wanted.length).toBeGreaterThan(6);
    for (const file of [...wanted, ...Object.values(bin)]) expect(files).toContain(file.replace(/^\.\//, ''));
  });

  it('has every declaration that another one refers to', () => {
    const declarations = files.filter((name) => name.endsWith('.d.ts'));
    const referred = declarations.flatMap((name) =>
      importsOf(name)
        .filter((imported) => imported.startsWith('.'))
        .map((imported) => posix.join(posix.dirname(name), imported).replace(/\.[jt]s$/, '.d.ts')),
    );
    expect(referred.length).toBeGreaterThan(10);
    expect(referred.filter((name) => !files.includes(name))).toStrictEqual([]);
  });

  it('lets no type of another package into its declarations', () => {
    const imported = files.filter((name) => name.endsWith('.d.ts')).flatMap(importsOf);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !name.startsWith('.') && !name.startsWith('node:'))).toStrictEqual([]);
  });
});
