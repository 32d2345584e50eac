/**
 * What survives which serializer, as the Markdown table of the guide. It is made by storing and reading every value of
 * spec/support/values.ts, so it says what happens and not what somebody believes.
 */
import { transformFileSync } from '@swc/core';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

const jsc = {
  parser: { syntax: 'typescript', decorators: true },
  target: 'es2022',
  rewriteRelativeImportExtensions: true,
};

/** Compiles a folder of the repository, next to node_modules so that packages are found. */
function compile(folder, target) {
  for (const name of readdirSync(join(root, folder), { recursive: true })) {
    if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
    const path = join(target, folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      transformFileSync(join(root, folder, name), { swcrc: false, jsc, module: { type: 'es6' } }).code,
    );
  }
}

/** The table as text. */
export async function survivalTable() {
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  const target = mkdtempSync(join(root, 'node_modules', '.cache', 'survival-'));
  try {
    writeFileSync(join(target, 'package.json'), '{ "type": "module" }');
    for (const folder of ['lib', 'spec/support']) compile(folder, target);
    const compiled = await import(pathToFileURL(join(target, 'spec', 'support', 'survival.js')).href);
    return compiled.survivalTable();
  } finally {
    rmSync(target, { recursive: true });
  }
}
