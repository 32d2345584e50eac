// The input of the demo: copies of the declaration files of the installed `typescript` package.
import { copyFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packageFolder = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));

/**
 * Copies every `*.d.ts` of the package into one folder; a slash in a path becomes `__`.
 *
 * @param {string} folder
 */
export function copyDeclarationFiles(folder) {
  const paths = readdirSync(packageFolder, { recursive: true, encoding: 'utf8' });
  for (const path of paths.filter((each) => each.endsWith('.d.ts'))) {
    copyFileSync(join(packageFolder, path), join(folder, path.replaceAll(/[\\/]/g, '__')));
  }
}
