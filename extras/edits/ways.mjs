/**
 * Ways of running programs. Each writes its files in its own way, and starts one process that runs all of them. `needs` names what
 * is not among the packages of this project.
 */
import { BUNDLERS } from './ways/bundlers.mjs';
import { RUNNERS } from './ways/runners.mjs';
import { asCommonJs, imports, LAST, PENDING, startModules, starter, withExtension } from './ways/start.mjs';
import { TRANSPILERS } from './ways/transpilers.mjs';

export const WAYS = {
  esm: {
    extension: '.mjs',
    transform: withExtension,
    start: startModules(),
  },
  cjs: {
    extension: '.cjs',
    transform: (text, way) => asCommonJs(withExtension(text, way)),
    start({ folder, programs, node }) {
      const text = programs.map((path) => `require(${JSON.stringify(path)});`).join('\n');
      return { command: [node, starter(folder, 'start.cjs', `(async () => { ${text}\n${LAST} })();`)] };
    },
  },
  worker: {
    extension: '.mjs',
    transform: withExtension,
    start({ folder, programs, node }) {
      const tell = `${PENDING}(await import("node:worker_threads")).parentPort.postMessage(globalThis.edits);`;
      starter(folder, 'worker.mjs', imports(programs) + tell);
      const text =
        'import { Worker } from "node:worker_threads";\nnew Worker(new URL("worker.mjs", import.meta.url)).on("message", (edits) => console.log(`EDITS ${JSON.stringify(edits)}`));';
      return { command: [node, '--no-warnings', starter(folder, 'start.mjs', text)] };
    },
  },
  ...TRANSPILERS,
  ...BUNDLERS,
  ...RUNNERS,
};
