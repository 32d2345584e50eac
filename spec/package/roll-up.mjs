/** Makes one file of a program with rollup, as its users do: `node roll-up.mjs PROGRAM FILE FORMAT`. */
import { rollup } from 'rollup';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';

const [input, file, format] = process.argv.slice(2);
const plugins = [nodeResolve({ exportConditions: ['node'] }), commonjs()];
const bundled = await rollup({ input, external: /^node:/, plugins, onLog: () => undefined });
await bundled.write({ file, format });
