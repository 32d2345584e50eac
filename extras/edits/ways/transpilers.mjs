/** Ways of running programs that change the text of their functions, file by file. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { load, startModules, withExtension } from './start.mjs';

const own = createRequire(import.meta.url);

function bySwc(text, way) {
  const options = {
    swcrc: false,
    jsc: { parser: { syntax: 'ecmascript' }, target: 'es5', experimental: { keepImportAttributes: true } },
    module: { type: 'es6' },
  };
  return own('@swc/core').transformSync(withExtension(text, way), options).code;
}

function byBabel(text, way, { tools }) {
  const preset = [load(tools, '@babel/preset-env'), { modules: false, targets: { ie: '11' } }];
  const options = { babelrc: false, configFile: false, presets: [preset], sourceType: 'module' };
  return load(tools, '@babel/core').transformSync(withExtension(text, way), options).code;
}

export const TRANSPILERS = {
  'swc-es5': { extension: '.mjs', transform: bySwc, start: startModules() },
  'babel-es5': {
    extension: '.mjs',
    needs: ['@babel/core', '@babel/preset-env'],
    transform: byBabel,
    start: startModules(),
  },
  typescript: {
    extension: '.ts',
    needs: ['node22'],
    transform: withExtension,
    start: (run) => startModules()({ ...run, node: join(run.tools, 'node_modules/node22/bin/node') }),
  },
  tsx: {
    extension: '.mts',
    needs: ['tsx'],
    transform: withExtension,
    start: (run) => startModules('--import', join(run.tools, 'node_modules/tsx/dist/loader.mjs'))(run),
  },
};
