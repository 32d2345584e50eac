/** Edits after which a bundler or a test runner leaves two functions that read the same. */

/** All of a file is another one after the edit. */
const program = (files, [file, after], ...[to, more]) => ({ files, edit: [file, files[file], after], to, ...more });

const table = (name, value) =>
  `const ${name}s = new Map([[10, "${value}"]]);\nexport async function fetch_${name}(id) { return ${name}s.get(id); }`;

const TWO_SHOPS = {
  main: 'import { load as user } from "./users";\nimport { load as order } from "./orders";\nexport const other = order;\nshow(async function one(id) { return user(id); });',
  users: 'const rows = new Map([[10, "user"]]);\nexport const load = (id) => rows.get(id);',
  orders: 'const rows = new Map([[10, "order"]]);\nexport const load = (id) => rows.get(id);',
};
const LENGTHS = (one, other) =>
  `import { cacheKey } from "tempcache";\nexport class ${one} { constructor(n) { this.n = n; } [cacheKey]() { return this.n; } get metres() { return this.n * ${other}; } }`;

export const CASES = {
  'two programs that read the same when they are minified': program(
    {
      main: 'import * as lib from "./lib";\nshow(Object.values(lib)[0]);',
      lib: table('user', 'a user'),
    },
    ['lib', table('order', 'an order')],
    ['a user', 'an order'],
  ),
  'a word in a captured table': program(
    { main: 'import { fetch_rate } from "./lib";\nshow(fetch_rate);', lib: table('rate', 'A100') },
    ['lib', table('rate', 'A119')],
    ['A100', 'A119'],
  ),
  'two imports of one name that are swapped': program(
    TWO_SHOPS,
    ['main', TWO_SHOPS.main.replace('users', 'tmp').replace('orders', 'users').replace('tmp', 'orders')],
    ['user', 'order'],
  ),
  'two lazy modules with a class each': program(
    {
      main: 'const metres = wrap(async function metres(length) { return length.metres; });\nshow(async (n) => { const { Metre } = await import("./metre"); const { Foot } = await import("./foot"); return [await metres(new Metre(n)), await metres(new Foot(n))]; }, { isCall: true });',
      metre: LENGTHS('Metre', 1),
      foot: LENGTHS('Foot', 0.25),
    },
    ['foot', LENGTHS('Foot', 0.5)],
    [
      [10, 2.5],
      [10, 5],
    ],
  ),
  'two modules with a function of one text each': program(
    {
      main: 'import { get as user } from "./users";\nimport { get as order } from "./orders";\nconst [one, two] = [wrap(user), wrap(order)];\nshow(async (id) => [await one(id), await two(id)], { isCall: true });',
      users: 'import { rows } from "./user-rows";\nexport const get = async (id) => rows.get(id);',
      orders: 'import { rows } from "./order-rows";\nexport const get = async (id) => rows.get(id);',
      'user-rows': 'export const rows = new Map([[10, "user"]]);',
      'order-rows': 'export const rows = new Map([[10, "order"]]);',
    },
    ['order-rows', 'export const rows = new Map([[10, "paid"]]);'],
    [
      ['user', 'order'],
      ['user', 'paid'],
    ],
  ),
  'mock of Jest': program(
    { main: 'show(jest.fn((x) => x + 1));' },
    ['main', 'show(jest.fn((x) => x + 2));'],
    [11, 12],
    { only: ['jest', 'jest-coverage'], isUnshared: true },
  ),
  'mock of Vitest': program({ main: 'show(vi.fn((x) => x + 1));' }, ['main', 'show(vi.fn((x) => x + 2));'], [11, 12], {
    only: ['vitest'],
    isUnshared: true,
  }),
  'mock of node:test': program(
    { main: 'import { mock } from "node:test";\nshow(mock.fn((x) => x + 1));' },
    ['main', 'import { mock } from "node:test";\nshow(mock.fn((x) => x + 2));'],
    [11, 12],
    { isUnshared: true, without: ['jest', 'jest-coverage', 'vitest'] },
  ),
  'module that Jest mocks': mocked('jest', ['jest', 'jest-coverage']),
  'module that Vitest mocks': mocked('vi', ['vitest']),
};

/** A test with a mocked module, and then the program. */
function mocked(runner, only) {
  const main = 'import { rate } from "./lib";\nshow(function f(x) { return x * rate(); });';
  return program(
    { main: `${runner}.mock("./lib", () => ({ rate: () => 3 }));\n${main}`, lib: 'export const rate = () => 2;' },
    ['main', main],
    [30, 20],
    { only },
  );
}
