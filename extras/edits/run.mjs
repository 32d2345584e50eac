/**
 * Runs the edits of `cases.mjs` in fresh processes:
 * `node extras/edits/run.mjs [--tools <folder>] [--way esm] [--case helper] [--node <path>] [--tempcache <folder>]`.
 *
 * What is not among the packages of this project is installed into the folder of the tools. Without one, the ways and the cases that
 * need none are run.
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
import { installTools } from './tools.mjs';
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
export function show(...args) {
  (globalThis.pending ??= []).push(record(...args).catch((error) => console.error(error)));
}
async function record(name, fn, { isCall = false, ...options } = {}) {
  const cached = isCall ? fn : wrap(fn, options);
  computed = 0;
  const value = await cached(10);
  (globalThis.edits ??= []).push([name, value, computed]);
}
`;

/**
 * @param {string} name of a way
 * @param {{ cases?: Record<string, object>, tempcache?: string, node?: string, tools?: string, keep?: boolean }} options
 * @returns {Promise<{ wrong: string[], lost: string[], needless: string[], count: number }>}
 */
async function runWay(name, { cases = CASES, tempcache = root, tools, node = process.execPath, keep = false } = {}) {
  const way = WAYS[name];
  const folder = mkdtempSync(join(tmpdir(), 'edits-'));
  try {
    const chosen = Object.entries(cases).filter(([, one]) => isFor(one, name, tools));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(resolve(tempcache), join(folder, 'node_modules', 'tempcache'));
    for (const one of new Set(chosen.flatMap(([, { needs = [] }]) => needs)))
      symlinkSync(join(tools, 'node_modules', one), join(folder, 'node_modules', one));
    const runs = [];
    for (const isEdited of [false, false, true]) {
      const programs = chosen.map(([title, one], index) => write(folder, { title, one, index, way, isEdited, tools }));
      runs.push(await run(way, { folder, programs, node, tools, tempcache: resolve(tempcache) }));
    }
    return judge(chosen, runs);
  } finally {
    if (keep) console.log(folder);
    else rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a case is run in a way. */
function isFor({ without = [], only, needs = [] }, name, tools) {
  const hasAll = tools !== undefined || needs.length === 0;
  return hasAll && !without.includes(name) && (only?.includes(name) ?? true);
}

/** Writes a program, and gives the path of its main file. */
function write(folder, { title, one, index, way, isEdited, tools }) {
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
        : `import { show as say, wrap } from "./shared";\nconst show = (...args) => say(${JSON.stringify(title)}, ...args);\n${own}`;
    const path = join(home, isData ? file : `${file}${way.extension}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, isData ? own : way.transform(full, way, { tools }));
  }
  return join(home, `main${way.extension}`);
}

async function run(way, { folder, programs, ...more }) {
  const env = { ...process.env, EDITS_FOLDER: join(folder, 'cache'), NODE_OPTIONS: '' };
  const { command } = await way.start({ folder, programs, ...more });
  const output = await new Promise((done) => {
    execFile(command[0], command.slice(1), { cwd: folder, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ error, stdout, stderr }),
    );
  });
  const line = output.stdout.match(/^EDITS (.*)$/m)?.[1];
  if (line === undefined) throw new Error(`${JSON.stringify(command)}: ${output.stdout}\n${output.stderr}`);
  if (process.env.EDITS_DEBUG) console.error(output.stderr);
  return new Map(JSON.parse(line).map(([title, ...rest]) => [title, rest]));
}

function judge(chosen, [first, second, edited]) {
  const found = { wrong: [], lost: [], needless: [], count: chosen.length };
  for (const [title, { to, again = false, isUnshared = false }] of chosen) {
    const results = [first, second, edited].map((answers) => answers.get(title) ?? ['no answer', 0]);
    const values = results.map(([value]) => JSON.stringify(value));
    const wanted = [to[0], to[0], to[1]].map((value) => JSON.stringify(value));
    values.forEach(
      (value, at) =>
        value !== wanted[at] && found.wrong.push(`${title}: ${value} in run ${at + 1}, ${wanted[at]} is right`),
    );
    if (results[1][1] > 0 && !isUnshared) found.lost.push(title);
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
      tools: { type: 'string' },
      keep: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const cases = values.case === undefined ? CASES : { [values.case]: CASES[values.case] };
  const tools = values.tools && resolve(values.tools);
  if (tools !== undefined) installTools(tools);
  const found = {};
  const possible = Object.keys(WAYS).filter((name) => tools !== undefined || WAYS[name].needs === undefined);
  for (const name of values.way ?? possible) {
    found[name] = await runWay(name, { ...values, tools, cases });
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
