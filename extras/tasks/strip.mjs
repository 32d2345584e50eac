// Compiles TypeScript of the repository file by file, for tasks that run modules of lib as they are written: unbundled.
import { transformFileSync } from '@swc/core';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

const jsc = {
  parser: { syntax: 'typescript', decorators: true },
  target: 'es2022',
  rewriteRelativeImportExtensions: true,
};

/**
 * Gives `use` a folder with the compiled files of folders of the repository, in the same places, and removes it
 * afterwards. It lies below node_modules, so that packages are found.
 *
 * @template T
 * @param {readonly string[]} folders `['lib', 'spec/support']`
 * @param {(compiled: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withStripped(folders, use) {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const target = mkdtempSync(join(cache, 'stripped-'));
  try {
    writeFileSync(join(target, 'package.json'), '{ "type": "module" }');
    for (const folder of folders) stripFolder(folder, target);
    return await use(target);
  } finally {
    rmSync(target, { recursive: true });
  }
}

function stripFolder(folder, target) {
  for (const name of readdirSync(join(root, folder), { recursive: true })) {
    if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
    const path = join(target, folder, name.replace(/\.ts$/, '.js'));
    const options = { swcrc: false, jsc, module: { type: 'es6' }, sourceMaps: true };
    const { code, map } = transformFileSync(join(root, folder, name), options);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
    writeFileSync(`${path}.map`, map);
  }
}
