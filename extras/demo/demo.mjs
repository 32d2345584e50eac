// Analyses every declaration file of the installed `typescript` package three times, each time in a process of its own. The first
// run computes everything, the second nothing, the third, after one file was changed, exactly that file.
import { execFile } from 'node:child_process';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TempCache } from 'tempcache';
import { dir } from 'tmp-promise';
import { copyDeclarationFiles } from './files.mjs';
import { printTable } from './table.mjs';

const script = fileURLToPath(new URL('run.mjs', import.meta.url));

/**
 * @param {string} title
 * @param {string} cacheFolder
 * @param {string} filesFolder
 * @returns {Promise<import('./table.mjs').Run>}
 */
async function run(title, cacheFolder, filesFolder) {
  const began = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, [script, cacheFolder, filesFolder]);
  return { title, processMs: performance.now() - began, ...JSON.parse(stdout) };
}

/** @param {import('./table.mjs').Run} run */
function printFindings({ files, symbols, nodes, depth, mostUsed: { name, count, fileName } }) {
  console.log(`\nParsed ${files} declaration files: ${symbols} symbols, ${nodes} nodes, nested ${depth} deep;`);
  console.log(`the name used most is ${name}, ${count} times in ${fileName}.\n`);
}

/** @param {import('./table.mjs').Run[]} runs */
function findMistakes([first, second, third]) {
  const mistakes = [];
  if (first.computed !== first.files) mistakes.push('The first run must compute every file.');
  if (second.computed !== 0) mistakes.push('The second run must compute nothing.');
  if (second.digest !== first.digest) mistakes.push('The second run must give the results of the first.');
  if (third.computed !== 1) mistakes.push('The third run must compute exactly the changed file.');
  if (third.symbols !== first.symbols + 1) mistakes.push('The third run must see the added declaration.');
  return mistakes;
}

// Each run is a new process; all of them share the folder of this cache, which is removed at the end.
const cache = TempCache.temporary();
const files = await dir({ prefix: 'tempcache-demo-files', unsafeCleanup: true });
try {
  copyDeclarationFiles(files.path);
  const first = await run('1  empty cache', cache.path, files.path);
  const second = await run('2  nothing changed', cache.path, files.path);
  const changed = readdirSync(files.path).toSorted()[0];
  appendFileSync(join(files.path, changed), '\ndeclare const addedByTheDemo: 42;\n');
  const third = await run('3  one file changed', cache.path, files.path);

  printFindings(first);
  printTable([first, second, third]);
  const mistakes = findMistakes([first, second, third]);
  for (const mistake of mistakes) console.error(`\n${mistake}`);
  process.exitCode = mistakes.length === 0 ? 0 : 1;
} finally {
  await files.cleanup();
  cache[Symbol.dispose]();
}
