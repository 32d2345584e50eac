/** Ways of running programs. Each writes its files in its own way, and starts one process that runs all of them. */
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Files import each other without an extension. */
const withExtension = (text, { extension }) =>
  text.replaceAll(/(["'])(\.\/[\w-]+)\1/g, (_, quote, path) => `${quote}${path}${extension}${quote}`);
const esbuild = async () => import('esbuild');
const LAST = 'console.log(`EDITS ${JSON.stringify(globalThis.edits)}`);\n';

const imports = (programs) =>
  programs
    .map(
      (path) =>
        `await import(${JSON.stringify(pathToFileURL(path).href)}).then((m) => m.done).catch((e) => console.error(e));\n`,
    )
    .join('');

function starter(folder, name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** One bundle for each program. */
function bundled(make) {
  return {
    extension: '.mjs',
    transform: withExtension,
    async start({ folder, programs, node }) {
      const out = [];
      for (const path of programs) out.push(await make(path, join(dirname(path), 'out.mjs')));
      return { command: [node, starter(folder, 'start.mjs', imports(out) + LAST)] };
    },
  };
}

const withEsbuild = (options) =>
  bundled(async (path, outfile) => {
    const { build } = await esbuild();
    await build({
      entryPoints: [path],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['tempcache'],
      logLevel: 'error',
      ...options,
    });
    return outfile;
  });

export const WAYS = {
  esm: {
    extension: '.mjs',
    transform: withExtension,
    start: ({ folder, programs, node }) => ({
      command: [node, '--no-warnings', starter(folder, 'start.mjs', imports(programs) + LAST)],
    }),
  },
  cjs: {
    extension: '.cjs',
    transform(text, way) {
      const { transformSync } = createRequire(import.meta.url)('esbuild');
      return transformSync(withExtension(text, way), { format: 'cjs', platform: 'node' }).code;
    },
    start: ({ folder, programs, node }) => {
      const text = programs.map((path) => `await require(${JSON.stringify(path)}).done;`).join('\n');
      return { command: [node, starter(folder, 'start.cjs', `(async () => { ${text}\n${LAST} })();`)] };
    },
  },
  worker: {
    extension: '.mjs',
    transform: withExtension,
    start({ folder, programs, node }) {
      starter(
        folder,
        'worker.mjs',
        `${imports(programs)}import { parentPort } from "node:worker_threads"; parentPort.postMessage(globalThis.edits);`,
      );
      const text = `import { Worker } from "node:worker_threads";\nnew Worker(new URL("worker.mjs", import.meta.url)).on("message", (edits) => console.log(\`EDITS \${JSON.stringify(edits)}\`));`;
      return { command: [node, '--no-warnings', starter(folder, 'start.mjs', text)] };
    },
  },
  bundled: withEsbuild({}),
  minified: withEsbuild({ minify: true }),
};
