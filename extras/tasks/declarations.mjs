/** Writes the declarations: what all entries declare in one file, with a map that leads into lib, and the names of each entry. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { ENTRIES } from './parts.mjs';
import { root } from './run.mjs';

const dist = join(root, 'dist');
const lib = (path) => join(root, 'lib', `${path}.ts`);

/** The file in which all declarations stand, so that a class is one class whatever entry it comes from; any module will do. */
const ALL = { types: lib('common/errors') };

const bundled = await rollup({
  input: { ...ALL, ...Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, lib(path)])) },
  external: (id) => !/^[./]/.test(id),
  plugins: [dts({ tsconfig: join(root, 'lib', 'tsconfig.json'), sourcemap: true })],
  // It tells of types that only constructors name which users do not call.
  onLog: () => undefined,
});
// Rollup makes the paths in the map relative to the folder to which it would write.
const { output } = await bundled.generate({
  dir: join(dist, 'parts'),
  format: 'es',
  entryFileNames: '[name].d.cts',
  manualChunks: () => 'types',
  minifyInternalExports: false,
  sourcemap: true,
});
await bundled.close();
mkdirSync(join(dist, 'parts'), { recursive: true });
for (const { fileName, code, source } of output) {
  const name = basename(fileName, '.d.cts');
  if (name in ENTRIES) writeEntry(name, code);
  else if (fileName.startsWith('types.')) writeFileSync(join(dist, 'parts', fileName), code ?? source);
}

/** The same for both kinds of modules: both give the very same classes. */
function writeEntry(name, code) {
  const [names] = /^export \{.*\} from '\.\/types\.cjs';$/m.exec(code);
  const text = `${names.replace('./types', './parts/types')}\n`;
  for (const kind of ['cts', 'mts']) writeFileSync(join(dist, `${name}.d.${kind}`), text);
}
