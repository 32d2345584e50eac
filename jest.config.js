/** @type {import('jest').Config} Run with NODE_OPTIONS="--experimental-vm-modules": see extras/tasks/jest.mjs. */
export default {
  testEnvironment: '<rootDir>/spec/support/jest-environment.mjs',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  // The package tests need a build and have a configuration of their own.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/spec/package/'],
  extensionsToTreatAsEsm: ['.ts'],
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
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageProvider: 'v8',
  coverageReporters: ['text-summary', 'lcov'],
};
