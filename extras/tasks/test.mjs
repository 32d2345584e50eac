import { build } from './build.mjs';
import { install } from './install.mjs';
import { countedJest } from './jest.mjs';
import { run, runTool } from './run.mjs';

/** Packing by these tools must not build once more. */
const packed = { env: { npm_config_ignore_scripts: 'true' } };

/** Everything that is checked, in the order in which it is run: what fails soonest comes first. */
const steps = [
  ['format', () => runTool('prettier', ['--check', '--log-level', 'warn', '.'])],
  ['lint', () => runTool('oxlint', [])],
  ['types', () => runTool('tsc', ['-p', 'tsconfig.json'])],
  ['type tests', () => runTool('tsc', ['-p', 'spec/types/tsconfig.json'])],
  ['build', build],
  ['specs', () => countedJest(['--coverage'])],
  ['examples', () => run(process.execPath, ['extras/tasks/examples.mjs'])],
  ['publint', () => runTool('publint', ['run', '--strict'], packed)],
  ['attw', () => runTool('attw', ['--pack', '.'], packed)],
  ['package', () => countedJest(['--config', 'spec/package/jest.config.js'])],
];

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

try {
  await install();
  for (const [name, check] of steps) await runStep(name, check);
} catch (error) {
  console.log(error.message);
  failures.push('the run itself');
  total.failed += 1;
}
console.log(failures.length > 0 ? `\nFailed: ${failures.join(', ')}` : '\nAll checks passed.');
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runStep(name, check) {
  console.log(`\n> ${name}`);
  const started = performance.now();
  const { passed, failed, skipped, output } = counted(await check());
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (failed > 0) failures.push(name);
  if (failed > 0 && output) console.log(output);
  console.log(`${failed > 0 ? 'FAILED' : 'ok'} ${name} (${seconds} s)`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** A step is one check, unless it has counted its own. */
function counted(result) {
  if ('passed' in result) return result;
  const passed = result.code === 0 ? 1 : 0;
  return { passed, failed: 1 - passed, skipped: 0, output: result.output };
}
