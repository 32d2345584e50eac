import { transformSync } from '@swc/core';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..', '..');
const CACHE = join(PROJECT, 'node_modules', '.cache', 'tempcache-spec');

/** What processes of specs may import. */
const TREES = ['lib', 'spec/processes', 'spec/support'];

let folder: string | undefined;

/**
 * The compiled copy of a file, for processes that plain Node runs: `built('spec/processes/scripts/hold-lease.ts')`. All of
 * `lib`, `spec/processes` and `spec/support` lie there in the same places, so relative imports hold.
 *
 * It compiles once for each state of the sources, and no matter how many specs do so at the same time: each builds in a
 * folder of its own, and the first to rename it has made the copy for all.
 */
export function built(path: string): string {
  folder ??= build();
  return join(folder, path.replace(/\.ts$/, '.js'));
}

function build(): string {
  const sources = TREES.flatMap(sourcesIn).map((path) => ({ path, text: readFileSync(join(PROJECT, path), 'utf8') }));
  const state = createHash('sha256').update(JSON.stringify(sources)).digest('hex').slice(0, 16);
  const target = join(CACHE, state);
  if (existsSync(target)) return target;
  const draft = join(CACHE, `draft-${randomUUID()}`);
  for (const { path, text } of sources) write(join(draft, path.replace(/\.ts$/, '.js')), compile(path, text));
  write(join(draft, 'package.json'), '{ "type": "module" }');
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

function sourcesIn(tree: string): string[] {
  return readdirSync(join(PROJECT, tree), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.endsWith('.d.ts'))
    .map((name) => `${tree}/${name.replaceAll('\\', '/')}`)
    .sort();
}

/** As TypeScript's own `rewriteRelativeImportExtensions`; the types of swc do not know all of it. */
const jsc = {
  parser: { syntax: 'typescript', decorators: true },
  transform: { decoratorVersion: '2022-03' },
  target: 'es2022',
  rewriteRelativeImportExtensions: true,
} as const;

function compile(filename: string, text: string): string {
  return transformSync(text, { filename, swcrc: false, jsc, module: { type: 'es6' }, sourceMaps: 'inline' }).code;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
