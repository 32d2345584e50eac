/** What is measured: the build, as users get it. */
export * from '../../dist/index.mjs';
export { devalueSerializer } from '../../dist/devalue.mjs';
