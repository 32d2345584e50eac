/** @type {import('jest').Config} Run with NODE_OPTIONS="--experimental-vm-modules": see extras/tasks/jest.mjs. */
export default {
  testEnvironment: '<rootDir>/spec/support/jest-environment.mjs',
  // Coverage knows only files below a root, untested ones too.
  roots: ['<rootDir>/lib', '<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  // The package tests need a build and have a configuration of their own.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/spec/package/'],
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
  // The machine may have two cores; specs that start processes of their own need one of them.
  maxWorkers: 2,
  // A worker keeps the modules of all specs that it has run, and coverage looks at all of them after each. Without a limit that
  // takes 8 minutes instead of 5.
  workerIdleMemoryLimit: '400MB',
  testTimeout: 30_000,
  collectCoverageFrom: ['lib/**/*.ts'],
  // Babel would change the source text of functions, which is part of their identity.
  coverageProvider: 'v8',
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: { global: { lines: 96, branches: 93 } },
};
