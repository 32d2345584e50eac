/**
 * `npm run path`: how many functions of lib a call enters, and in how many files they are, for a hit and a miss of a
 * synchronous and of an asynchronous function, over a file store with default options (statistics are on). With `--list`
 * it prints them, file by file; with `--json` the same for programs.
 *
 * Each way is warmed up with other arguments, so that what is made once is there. Then V8 counts around exactly one call
 * until it is settled: each function whose body runs, once, in modules that are not bundled. The top level of a module and
 * the function that is cached do not count.
 */
import { Session } from 'node:inspector';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { install } from './install.mjs';

const { values: options } = parseArgs({ options: { list: { type: 'boolean' }, json: { type: 'boolean' } } });
const WARM_UPS = 20;

await install();
// Only now: what it imports may just have been installed.
const { withStripped } = await import('./strip.mjs');
const ways = await withStripped(['lib'], async (compiled) => {
  const folder = mkdtempSync(join(tmpdir(), 'tempcache-path-'));
  try {
    const { TempCache } = await import(pathToFileURL(join(compiled, 'lib', 'index.js')).href);
    const cache = new TempCache(join(folder, 'cache'));
    try {
      return await measure(cache, compiled);
    } finally {
      cache.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
print(ways);

/** The functions of every way: `{ name, functions: [{ file, line, name }] }`. */
async function measure(cache, compiled) {
  const sync = cache.wrap(function syncFunction(n) {
    return { n };
  });
  const async = cache.wrap(async function asyncFunction(n) {
    return { n };
  });
  const entered = counter(join(compiled, 'lib'));
  const measured = [];
  for (const [name, call, isHit] of [
    ['hit, synchronous function', sync, true],
    ['hit, asynchronous function', async, true],
    ['miss, synchronous function', sync, false],
    ['miss, asynchronous function', async, false],
  ]) {
    // Every way has arguments of its own, and the last of them is called for the first time as it is measured.
    const first = measured.length * 1000;
    if (isHit) for (let n = 0; n <= WARM_UPS; n++) await call(first + n);
    for (let n = 0; n < WARM_UPS; n++) await call(first + n);
    await new Promise(setImmediate);
    measured.push({ name, functions: await entered(async () => call(first + WARM_UPS)) });
  }
  return measured;
}

/** What tells the functions below a folder that are entered while something is called and settles. */
function counter(folder) {
  const session = new Session();
  session.connect();
  // Node answers at once, within the call.
  const post = (method, parameters) => {
    let answer;
    session.post(`Profiler.${method}`, parameters, (error, result) => {
      if (error) throw new Error(`${method}: ${error.message}`);
      answer = result;
    });
    return answer;
  };
  post('enable');
  post('startPreciseCoverage', { callCount: true, detailed: true });
  return async (call) => {
    post('takePreciseCoverage');
    await call();
    const { result } = post('takePreciseCoverage');
    return result.flatMap((script) => enteredIn(script, folder));
  };
}

function enteredIn({ url, functions }, folder) {
  const path = url.startsWith('file:') ? fileURLToPath(url) : '';
  const file = relative(folder, path);
  if (path === '' || file.startsWith('..')) return [];
  // The top level of a module is a function from 0 to its end.
  const own = functions.filter(({ ranges: [range] }) => range.startOffset > 0);
  const entered = own.filter(({ ranges: [range] }) => range.count > 0);
  if (entered.length === 0) return [];
  const lineOf = lines(path);
  return entered.map((one) => ({
    file: `lib/${file.replaceAll('\\', '/').replace(/\.js$/, '.ts')}`,
    line: lineOf(one.ranges[0].startOffset),
    name: one.functionName === '' ? `a function in ${aroundOf(one, own)}` : one.functionName,
  }));
}

/** The nearest function with a name that a nameless one stands in. */
function aroundOf({ ranges: [inner] }, functions) {
  const around = functions.filter(
    ({ functionName, ranges: [outer] }) =>
      functionName !== '' && outer.startOffset < inner.startOffset && outer.endOffset >= inner.endOffset,
  );
  return around.toSorted((a, b) => b.ranges[0].startOffset - a.ranges[0].startOffset)[0]?.functionName ?? 'the module';
}

/** Tells the line of the source for a place in the compiled text. */
function lines(path) {
  const text = readFileSync(path, 'utf8');
  const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  return (offset) => {
    const before = text.slice(0, offset).split('\n');
    return (map.findEntry(before.length - 1, before.at(-1).length).originalLine ?? 0) + 1;
  };
}

function byFile(functions) {
  const files = new Map();
  for (const one of functions) files.set(one.file, [...(files.get(one.file) ?? []), one]);
  return files;
}

function print(measured) {
  if (options.json) {
    console.log(JSON.stringify(measured, undefined, 2));
    return;
  }
  const width = Math.max(...measured.map(({ name }) => name.length));
  console.log(`${''.padEnd(width)}  functions  files`);
  for (const { name, functions } of measured) {
    const counts = [String(functions.length).padStart(9), String(byFile(functions).size).padStart(5)];
    console.log([name.padEnd(width), ...counts].join('  '));
  }
  if (options.list) for (const way of measured) printList(way);
}

function printList({ name, functions }) {
  console.log(`\n${name}`);
  for (const [file, entered] of [...byFile(functions)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`  ${file} (${entered.length})`);
    for (const one of entered.toSorted((a, b) => a.line - b.line)) console.log(`    ${one.line}: ${one.name}`);
  }
}
