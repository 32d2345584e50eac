/** Edits of what real packages are told. */
import { one, using } from './programs.mjs';

const SCALE = 'const { version } = require("./package.json");\nmodule.exports = (x) => x * parseInt(version, 10);';

export const CASES = {
  'schema of zod': using(
    ['zod', '{ z }'],
    [
      'const schema = z.coerce.number().max(11);\nshow(function f(x) { return schema.safeParse(x).success; });',
      ['max(11)', 'max(9)'],
      [true, false],
    ],
  ),
  'schema of zod in a helper': using(
    ['zod', '{ z }'],
    [
      'const shape = { n: z.number().min(5) };\nconst schema = z.object(shape);\nconst check = (n) => schema.safeParse({ n }).success;\nshow(function f(x) { return check(x); });',
      ['min(5)', 'min(50)'],
      [true, false],
    ],
  ),
  Decimal: using(
    ['decimal.js', '{ Decimal }'],
    [
      'const tax = new Decimal("0.19");\nshow(function f(x) { return tax.times(x).toString(); });',
      ['0.19', '0.07'],
      ['1.9', '0.7'],
    ],
  ),
  'date of dayjs': using(
    ['dayjs', 'dayjs'],
    [
      'const begin = dayjs("2024-01-01");\nshow(function f(x) { return begin.add(x, "day").format("YYYY-MM-DD"); });',
      ['2024-01-01', '2024-02-01'],
      ['2024-01-11', '2024-02-11'],
    ],
  ),
  'batch function of DataLoader': using(
    ['dataloader', 'DataLoader'],
    [
      'const loader = new DataLoader(async (ids) => ids.map((id) => id + 1));\nshow(async function f(x) { return loader.load(x); });',
      ['id + 1', 'id + 2'],
      [11, 12],
    ],
  ),
  "helper in lodash's memoize": using(
    ['lodash', 'lodash'],
    [
      'const helper = lodash.memoize((x) => x + 1);\nshow(function f(x) { return helper(x); });',
      ['x + 1', 'x + 2'],
      [11, 12],
    ],
  ),
  "named helper in lodash's memoize": using(
    ['lodash', 'lodash'],
    [
      'function add(x) { return x + 1; }\nconst helper = lodash.memoize(add);\nshow(function f(x) { return helper(x); });',
      ['x + 1', 'x + 2'],
      [11, 12],
    ],
  ),
  "helper in lodash's debounce": using(
    ['lodash', 'lodash'],
    [
      'const helper = lodash.debounce((x) => x + 1, 5, { leading: true });\nshow(function f(x) { return helper(x); });',
      ['x + 1', 'x + 2'],
      [11, 12],
    ],
  ),
  "helper in lodash's partial": using(
    ['lodash', 'lodash'],
    [
      'const helper = lodash.partial((a, b) => a + b, 1);\nshow(function f(x) { return helper(x); });',
      [', 1)', ', 2)'],
      [11, 12],
    ],
  ),
  'package that is upgraded': {
    files: {
      main: 'import scale from "scale";\nshow(function f(x) { return scale(x); });',
      'node_modules/scale/index.js': SCALE,
      'node_modules/scale/package.json': '{ "name": "scale", "version": "2.0.0", "main": "index.js" }',
    },
    edit: ['node_modules/scale/package.json', '2.0.0', '3.0.0'],
    to: [20, 30],
  },
  'other package that is upgraded': {
    files: {
      main: 'import scale from "scale";\nimport "other";\nshow(function f(x) { return scale(x); });',
      'node_modules/scale/index.js': SCALE,
      'node_modules/scale/package.json': '{ "name": "scale", "version": "2.0.0", "main": "index.js" }',
      'node_modules/other/index.js': 'module.exports = 1;',
      'node_modules/other/package.json': '{ "name": "other", "version": "2.0.0", "main": "index.js" }',
    },
    edit: ['node_modules/other/package.json', '2.0.0', '3.0.0'],
    to: [20, 20],
  },
  'variant of a function': one(
    'function helper(x) { return x; }\nhelper.variant = (x) => x + 1;\nshow(function f(x) { return helper.variant(x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
};
