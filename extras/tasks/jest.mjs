/**
 * Runs specs: `npm run jest -- <paths> <options of Jest>`. Which specs are slow stands in jest.config.js.
 *
 *     npm run jest                            all fast specs
 *     npm run jest -- spec/keys               the fast specs of a folder
 *     npm run jest -- spec/keys/encode-law    slow specs, where there are no others at a path: a file, or spec/processes
 *     npm run jest -- --slow spec/keys        the slow specs of a folder, or of all
 *     npm run jest -- --all spec/keys         both
 *
 * With `--config spec/package/jest.config.js` it runs the specs of the package as it is packed, which need a build.
 * A path is what begins with `spec`; it may end anywhere in a name. Everything else goes to Jest as it is: `-t 'is hit'`, `--watch`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isSlow } from '../../jest.config.js';
import { root, runTool } from './run.mjs';

/** Jest needs the flag to load ES modules; Node says on every run that it is an experiment. */
const FLAGS = '--experimental-vm-modules --no-warnings';

/** @param {readonly string[]} args further arguments of Jest */
export function jest(args) {
  return runTool('jest', args, { show: true, env: { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${FLAGS}` } });
}

/**
 * Runs Jest and counts.
 *
 * @param {readonly string[]} args
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} `failed` is not 0 when Jest failed in any way.
 */
export async function countedJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'jest-result-'));
  const file = join(folder, 'result.json');
  try {
    const { code } = await jest([...args, '--json', '--outputFile', file]);
    return count(code, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function count(code, file) {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      passed: result.numPassedTests,
      failed: code === 0 ? failed : Math.max(1, failed),
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** The arguments of Jest for those of the task. Projects come last, for all that follows is taken for one of them. */
function argsOfJest(args) {
  const rest = args.filter((arg) => arg !== '--all' && arg !== '--slow');
  if (args.includes('--all') || args.includes('--config')) return rest;
  if (args.includes('--slow')) return [...rest, '--selectProjects', 'slow'];
  const { chosen, others } = choose(rest);
  if (chosen.every((file) => !isSlow(file))) return [...rest, '--selectProjects', 'fast'];
  if (chosen.every(isSlow)) return [...rest, '--selectProjects', 'slow'];
  return [...others, '--runTestsByPath', ...chosen];
}

/** The specs at the paths among the arguments: at each of them the fast ones, or the slow ones where there are no others. */
function choose(args) {
  const all = readdirSync(join(root, 'spec'), { recursive: true })
    .map((name) => `spec/${name.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.spec.ts'));
  const isPath = (arg) => arg.startsWith('spec');
  const chosen = args.filter(isPath).flatMap((path) => {
    const there = all.filter((file) => file.startsWith(path));
    const fast = there.filter((file) => !isSlow(file));
    return fast.length > 0 ? fast : there;
  });
  return { chosen, others: args.filter((arg) => !isPath(arg)) };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = (await jest(argsOfJest(process.argv.slice(2)))).code;
}
