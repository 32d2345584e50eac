/**
 * Runs the edits of `cases.mjs` in fresh processes: `node extras/edits/run.mjs [--way esm] [--case helper] [--node <path>] [--tempcache <folder>]`.
 *
 * Each way runs all programs three times: as they are, as they are once more, and edited. It prints where a value was wrong, where
 * the second run did not find the value of the first, and where a value was computed anew for nothing.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CASES } from './cases.mjs';
import { WAYS } from './ways.mjs';

const root = resolve(import.meta.dirname, '../..');

/** What the programs share: it says what came of a call as a line of JSON. */
const SHARED = `
import { TempCache } from 'tempcache';
let computed = 0;
const cache = new TempCache(process.env.EDITS_FOLDER, {
  ...(process.env.EDITS_CAPTURES ? { captures: process.env.EDITS_CAPTURES } : {}),
  onEvent: ({ type, changed }) => { if (type === 'miss') computed += 1; if (type === 'captures') console.error('changed', changed); },
});
export const wrap = cache.wrap;
export async function show(name, fn, { isCall = false, ...options } = {}) {
  const cached = isCall ? fn : wrap(fn, options);
  computed = 0;
  const value = await cached(10);
  const { length } = globalThis.edits ??= [];
  globalThis.edits[length] = [name, value, computed];
}
`;

/**
 * @param {string} name of a way
 * @param {{ cases?: Record<string, object>, tempcache?: string, node?: string, keep?: boolean }} options
 * @returns {Promise<{ wrong: string[], lost: string[], needless: string[], count: number }>}
 */
async function runWay(name, { cases = CASES, tempcache = root, node = process.execPath, keep = false } = {}) {
  const way = WAYS[name];
  const folder = mkdtempSync(join(tmpdir(), 'edits-'));
  try {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(resolve(tempcache), join(folder, 'node_modules', 'tempcache'));
    const chosen = Object.entries(cases).filter(([, { without = [] }]) => !without.includes(name));
    const runs = [];
    for (const isEdited of [false, false, true]) {
      const programs = chosen.map(([title, one], index) => write(folder, { title, one, index, way, isEdited }));
      runs.push(await run(way, { folder, programs, node }));
    }
    return judge(chosen, runs);
  } finally {
    if (keep) console.log(folder);
    else rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a program, and gives the path of its main file. */
function write(folder, { title, one, index, way, isEdited }) {
  const home = join(folder, `case${index}`);
  const files = { shared: SHARED, ...one.files };
  for (const [file, text] of Object.entries(files)) {
    const [edited, from, to] = one.edit;
    if (isEdited && edited === file && !text.includes(from))
      throw new Error(`${title}: there is no ${from} in ${file}`);
    const own = isEdited && edited === file ? text.replace(from, () => to) : text;
    const isData = file.includes('.');
    const full =
      file !== 'main'
        ? own
        : `import { show as say, wrap } from "./shared";\nconst show = (...args) => say(${JSON.stringify(title)}, ...args);\n${awaited(own)}`;
    const path = join(home, isData ? file : `${file}${way.extension}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, isData ? own : way.transform(full, way));
  }
  return join(home, `main${way.extension}`);
}

/** `show` is waited for by whoever imports the program. */
const awaited = (text) => text.replace(/^show\(/m, 'export const done = show(');

async function run(way, { folder, programs, node }) {
  const env = { ...process.env, EDITS_FOLDER: join(folder, 'cache'), NODE_OPTIONS: '' };
  const { command, result } = await way.start({ folder, programs, node, root });
  const output = await new Promise((done) => {
    execFile(command[0], command.slice(1), { cwd: folder, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ error, stdout, stderr }),
    );
  });
  const line = (result ?? ((text) => text))(output.stdout).match(/^EDITS (.*)$/m)?.[1];
  if (line === undefined) throw new Error(`${JSON.stringify(command)}: ${output.stdout}\n${output.stderr}`);
  if (process.env.EDITS_DEBUG) console.error(output.stderr);
  return new Map(JSON.parse(line).map(([title, ...rest]) => [title, rest]));
}

function judge(chosen, [first, second, edited]) {
  const found = { wrong: [], lost: [], needless: [], count: chosen.length };
  for (const [title, { to, again = false }] of chosen) {
    const results = [first, second, edited].map((answers) => answers.get(title) ?? ['no answer', 0]);
    const values = results.map(([value]) => JSON.stringify(value));
    const wanted = [to[0], to[0], to[1]].map((value) => JSON.stringify(value));
    values.forEach(
      (value, at) =>
        value !== wanted[at] && found.wrong.push(`${title}: ${value} in run ${at + 1}, ${wanted[at]} is right`),
    );
    if (results[1][1] > 0) found.lost.push(title);
    if (wanted[0] === wanted[2] && results[2][1] > 0 && !again) found.needless.push(title);
  }
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      way: { type: 'string', multiple: true },
      case: { type: 'string' },
      node: { type: 'string' },
      tempcache: { type: 'string' },
      keep: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const cases = values.case === undefined ? CASES : { [values.case]: CASES[values.case] };
  const found = {};
  for (const name of values.way ?? Object.keys(WAYS)) {
    found[name] = await runWay(name, { ...values, cases });
    if (!values.json) print(name, found[name]);
  }
  if (values.json) console.log(JSON.stringify(found));
  if (Object.values(found).some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
}

function print(name, { wrong, lost, needless, count }) {
  console.log(
    `${name}: ${count} edits, ${wrong.length} wrong, ${lost.length} lost, ${needless.length} computed for nothing`,
  );
  for (const [kind, list] of Object.entries({ wrong, lost, needless }))
    for (const one of list) console.log(`  ${kind}: ${one}`);
}
