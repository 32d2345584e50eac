import { common } from '../../jest.config.js';

/** The package as users get it: packed, installed, run by plain Node. Slow, and so not part of the other specs. */
export default {
  ...common,
  rootDir: '../..',
  roots: ['<rootDir>/spec/package'],
  testPathIgnorePatterns: [],
  // A compiler may take its time on a machine that is busy.
  testTimeout: 120_000,
  maxWorkers: 2,
  globalSetup: '<rootDir>/spec/package/install.mjs',
  globalTeardown: '<rootDir>/spec/package/remove.mjs',
};
