/** Ways of running programs that make one bundle of each. */
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, startModules, withExtension } from './start.mjs';

const own = createRequire(import.meta.url);

/** `make` writes the bundles of programs into a folder `out` beside each. */
function bundled(make, more = {}) {
  return {
    extension: '.mjs',
    transform: withExtension,
    async start(run) {
      await make(run);
      const programs = run.programs.map((path) => join(dirname(path), 'out', basename(path)));
      return startModules()({ ...run, programs });
    },
    ...more,
  };
}

/** `make` writes one bundle into a folder. */
const oneByOne =
  (make) =>
  async ({ programs, tools }) => {
    for (const path of programs) await make(path, join(dirname(path), 'out'), tools);
  };

const withEsbuild = (options) =>
  oneByOne(async (path, outdir) => {
    const common = { bundle: true, splitting: true, platform: 'node', format: 'esm', logLevel: 'error' };
    const names = { outExtension: { '.js': '.mjs' }, external: ['tempcache'] };
    await own('esbuild').build({ entryPoints: [path], outdir, ...common, ...names, ...options });
  });

/** What is imported from a JSON file is its value. */
const json = {
  name: 'json',
  transform: (text, id) => (id.endsWith('.json') ? { code: `export default ${text}`, map: null } : null),
};

async function withRollup(input, dir) {
  const { rollup } = await import('rollup');
  const bundle = await rollup({ input, plugins: [json], onLog: () => undefined });
  await bundle.write({ dir, format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
}

const configOfWebpack = (entry) => ({
  mode: 'production',
  target: 'node20',
  context: dirname(entry),
  entry,
  experiments: { outputModule: true },
  externalsType: 'module',
  externals: { tempcache: 'tempcache' },
  output: {
    path: join(dirname(entry), 'out'),
    filename: basename(entry),
    chunkFilename: '[id].mjs',
    library: { type: 'module' },
  },
});

/** All programs at once, for it starts slowly. */
async function withWebpack({ programs, tools }) {
  const webpack = load(tools, 'webpack');
  const stats = await new Promise((resolve, reject) => {
    webpack(programs.map(configOfWebpack), (error, result) => (error ? reject(error) : resolve(result)));
  });
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
}

/** As Vite builds a server: packages stay outside. */
async function withVite(path, outDir, tools) {
  const entry = join(tools, 'node_modules/vite/dist/node/index.js');
  const { build } = await import(pathToFileURL(entry).href);
  const output = { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' };
  const options = {
    ssr: path,
    outDir,
    emptyOutDir: false,
    rollupOptions: { output, preserveEntrySignatures: 'strict' },
  };
  // A package that is linked would not stay outside.
  const ssr = { external: true };
  await build({ root: dirname(path), configFile: false, logLevel: 'error', build: options, ssr });
}

export const BUNDLERS = {
  bundled: bundled(withEsbuild({})),
  minified: bundled(withEsbuild({ minify: true })),
  rollup: bundled(oneByOne(withRollup)),
  webpack: bundled(withWebpack, { needs: ['webpack'] }),
  vite: bundled(oneByOne(withVite), { needs: ['vite'] }),
};
