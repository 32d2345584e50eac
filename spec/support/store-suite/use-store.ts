export * from '../../../lib/testing/support.ts';
