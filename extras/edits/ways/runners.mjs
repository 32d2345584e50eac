/** Ways of running programs inside of test runners: one test runs all of them. */
import { join } from 'node:path';
import { asCommonJs, imports, LAST, starter, withExtension } from './start.mjs';

const own = join(import.meta.dirname, '../../../node_modules');

const withJest = (...flags) => ({
  extension: '.js',
  transform: (text, way) => asCommonJs(withExtension(text, way)),
  start({ folder, programs, node, tempcache }) {
    const each = programs.map((path) => `require(${JSON.stringify(path)});`).join('\n');
    starter(folder, 'all.test.js', `test('all', async () => { ${each}\n${LAST} }, 600_000);`);
    // A link leads to a folder that is not below node_modules.
    const packages = ['/node_modules/', `${tempcache}/dist/`];
    const config = { rootDir: '.', transformIgnorePatterns: packages, coveragePathIgnorePatterns: packages };
    const path = starter(folder, 'jest.config.json', JSON.stringify(config));
    const jest = [join(own, 'jest/bin/jest.js'), '--config', path, '--runInBand', '--no-cache', ...flags];
    return { command: [node, ...jest] };
  },
});

export const RUNNERS = {
  jest: withJest(),
  'jest-coverage': withJest('--coverage', '--coverageReporters', 'json'),
  vitest: {
    extension: '.mjs',
    needs: ['vitest'],
    transform: withExtension,
    start({ folder, programs, node, tools }) {
      starter(folder, 'all.test.mjs', `test('all', async () => { ${imports(programs)}\n${LAST} }, 600_000);`);
      const vitest = join(tools, 'node_modules/vitest/vitest.mjs');
      return { command: [node, vitest, 'run', '--globals', '--root', folder, '--disable-console-intercept'] };
    },
  },
};
