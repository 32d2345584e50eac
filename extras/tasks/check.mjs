/**
 * `npm run check`: what to run before each commit, in a minute: format, places of specs, lint, types (only what changed since
 * the last time) and the fast specs. `npm test` runs the slow ones too, and all the rest.
 */
import { join } from 'node:path';
import { countedJest } from './jest.mjs';
import { mirror } from './mirror.mjs';
import { root, runTool } from './run.mjs';
import { runSteps } from './steps.mjs';

const cache = join(root, 'node_modules', '.cache', 'tempcache-check');
const formatCache = ['--cache', '--cache-location', join(cache, 'format')];
const typesCache = ['--incremental', '--tsBuildInfoFile', join(cache, 'types.tsbuildinfo')];

await runSteps([
  ['format', () => runTool('prettier', ['--check', '--log-level', 'warn', ...formatCache, '.'])],
  ['places of specs', mirror],
  ['lint', () => runTool('oxlint', [])],
  ['types', () => runTool('tsc', ['-p', 'tsconfig.json', ...typesCache])],
  ['specs', () => countedJest(['--selectProjects', 'fast'])],
]);
