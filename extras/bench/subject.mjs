/** What is measured: the build, as users get it. */
export * from '../../dist/index.js';
export { devalueSerializer } from '../../dist/serializers/devalue.js';
