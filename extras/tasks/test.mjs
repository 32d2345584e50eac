/**
 * `npm test`: everything that is checked, on a fresh checkout too, in the order in which it is run: what fails soonest comes
 * first. All specs run, the slow ones too, and those of the package as it is packed.
 */
import { countedJest } from './jest.mjs';
import { mirror } from './mirror.mjs';
import { runTask, runTool } from './run.mjs';
import { runSteps } from './steps.mjs';

/** Packing by these tools must not build once more. */
const packed = { env: { npm_config_ignore_scripts: 'true' } };

await runSteps([
  ['format', () => runTool('prettier', ['--check', '--log-level', 'warn', '.'])],
  ['places of specs', mirror],
  ['lint', () => runTool('oxlint', [])],
  // Those of spec/types, which are nothing but tests of types, are among them.
  ['types', () => runTool('tsc', ['-p', 'tsconfig.json'])],
  ['build', () => runTask('build')],
  ['specs', () => countedJest(['--coverage'])],
  ['examples', () => runTask('examples')],
  ['publint', () => runTool('publint', ['run', '--strict'], packed)],
  ['attw', () => runTool('attw', ['--pack', '.'], packed)],
  ['package', () => countedJest(['--config', 'spec/package/jest.config.js'])],
]);
