/**
 * What takes long and is hard to break by accident: specs with processes and threads, laws over thousands of generated
 * values, hostile and damaged input, and what vanishes meanwhile. A spec is slow by the folder that it lies in or by a word
 * of its name; everything else answers in well under a second.
 */
const SLOW = ['/spec/processes/', '[/-](?:damage|fight|heap|hostile|laws?|vanish)(?=[.-])'];

/**
 * Whether a spec belongs to the slow project.
 *
 * @param {string} path
 */
export function isSlow(path) {
  return SLOW.some((pattern) => new RegExp(pattern).test(`/${path.replaceAll('\\', '/')}`));
}

/** What every project of specs has, the one in spec/package too. */
export const common = {
  testEnvironment: '<rootDir>/spec/support/jest-environment.mjs',
  // Coverage knows only files below a root, untested ones too.
  roots: ['<rootDir>/lib', '<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // Specs hold the timers of lib, which takes none from the globals.
  moduleNameMapper: { '^node:timers$': '<rootDir>/spec/support/timers.ts' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: false, explicitResourceManagement: true },
          target: 'es2022',
        },
        module: { type: 'es6' },
      },
    ],
  },
};

// The package tests need a build and have a configuration of their own.
const ELSEWHERE = ['/node_modules/', '<rootDir>/spec/package/'];
const { testMatch: _, ...slow } = common;

/** @type {import('jest').Config} Run with NODE_OPTIONS="--experimental-vm-modules": see extras/tasks/jest.mjs. */
export default {
  projects: [
    { ...common, displayName: 'fast', testPathIgnorePatterns: [...ELSEWHERE, ...SLOW] },
    {
      ...slow,
      displayName: 'slow',
      testRegex: SLOW.map((pattern) => `${pattern}.*\\.spec\\.ts$`),
      testPathIgnorePatterns: ELSEWHERE,
    },
  ],
  // The machine may have two cores; specs that start processes of their own need one of them.
  maxWorkers: 2,
  // No spec goes by time, and a busy machine may take its own. Jest knows it only for all projects together.
  testTimeout: 60_000,
  // A worker keeps the modules of all specs that it has run, and coverage looks at all of them after each. Without a limit that
  // takes 8 minutes instead of 5.
  workerIdleMemoryLimit: '400MB',
  collectCoverageFrom: ['lib/**/*.ts'],
  // Babel would change the source text of functions, which is part of their identity.
  coverageProvider: 'v8',
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: { global: { lines: 96, branches: 93 } },
};
