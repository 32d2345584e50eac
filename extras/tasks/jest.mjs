import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTool } from './run.mjs';

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

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = (await jest(process.argv.slice(2))).code;
}
