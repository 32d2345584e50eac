import base from '../../jest.config.js';

/** The package as users get it: packed, installed, run by plain Node. Slow, and so not part of the other specs. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/spec/package'],
  testPathIgnorePatterns: [],
  globalSetup: '<rootDir>/spec/package/install.mjs',
  globalTeardown: '<rootDir>/spec/package/remove.mjs',
};
