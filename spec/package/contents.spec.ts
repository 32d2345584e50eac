import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { project, tarball } from '../support/packed.ts';

const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .map((name) => name.replace(/^package\//, ''));
const installed = join(project, 'node_modules', 'tempcache');

describe('the packed package', () => {
  it('holds the compiled code, three documents and its package.json, nothing else', () => {
    const top = new Set(files.map((name) => name.split('/')[0] ?? ''));
    expect([...top].sort()).toStrictEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
    expect(files.filter((name) => name.startsWith('dist/') && !/\.(js|d\.ts)$/.test(name))).toStrictEqual([]);
  });

  it('has a declaration for every module, and no other', () => {
    const modules = files.filter((name) => name.endsWith('.js')).map((name) => name.slice(0, -'.js'.length));
    const declarations = files.filter((name) => name.endsWith('.d.ts')).map((name) => name.slice(0, -'.d.ts'.length));
    expect(modules.length).toBeGreaterThan(10);
    expect(declarations.sort()).toStrictEqual(modules.sort());
  });

  it('lets no type of another package into its declarations', () => {
    const imported = files
      .filter((name) => name.endsWith('.d.ts'))
      .flatMap((name) => [
        ...readFileSync(join(installed, name), 'utf8').matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g),
      ])
      .map((match) => match[1] ?? '');
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !name.startsWith('.') && !name.startsWith('node:'))).toStrictEqual([]);
  });
});
