// Runs checks one after another, counts what passed, and ends the process with 1 where anything failed.
import { install } from './install.mjs';

/**
 * Installs what is missing, runs all checks, whatever fails, and prints a line for each. The last line is
 * `N passed, N failed, N skipped`.
 *
 * @param {readonly (readonly [string, () => Promise<object>])[]} steps the name of a check, and what runs it: `run()` of
 *   run.mjs, which counts as one, or something that has counted its own.
 */
export async function runSteps(steps) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  try {
    await install();
    for (const [name, check] of steps) {
      const counts = await runStep(name, check);
      for (const [kind, count] of Object.entries(counts)) total[kind] += count;
      if (counts.failed > 0) failures.push(name);
    }
  } catch (error) {
    console.log(error.message);
    failures.push('the run itself');
    total.failed += 1;
  }
  console.log(failures.length > 0 ? `\nFailed: ${failures.join(', ')}` : '\nAll checks passed.');
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

async function runStep(name, check) {
  console.log(`\n> ${name}`);
  const started = performance.now();
  const { output, ...counts } = counted(await check());
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (counts.failed > 0 && output) console.log(output);
  console.log(`${counts.failed > 0 ? 'FAILED' : 'ok'} ${name} (${seconds} s)`);
  return counts;
}

/** A step is one check, unless it has counted its own. */
function counted(result) {
  if ('passed' in result) return result;
  const passed = result.code === 0 ? 1 : 0;
  return { passed, failed: 1 - passed, skipped: 0, output: result.output };
}
