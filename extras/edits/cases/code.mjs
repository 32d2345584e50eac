/** Edits of what is called. */
import { one, two } from './programs.mjs';

export const CASES = {
  helper: one(
    'function helper(x) { return x + 1; }\nshow(function f(x) { return helper(x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'helper of a helper': one(
    'function inner(x) { return x + 1; }\nfunction helper(x) { return inner(x); }\nshow(function f(x) { return helper(x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'helpers that call each other': one(
    'function even(n) { return n === 0 ? "even" : odd(n - 1); }\nfunction odd(n) { return n === 0 ? "odd" : even(n - 1); }\nshow(function f(x) { return even(x); });',
    ['"even"', '"EVEN"'],
    ['even', 'EVEN'],
  ),
  'imported helper': two(
    [
      'import { helper } from "./lib";\nshow(function f(x) { return helper(x); });',
      'export function helper(x) { return x + 1; }',
    ],
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'renamed import': two(
    [
      'import { helper as other } from "./lib";\nshow(function f(x) { return other(x); });',
      'export function helper(x) { return x + 1; }',
    ],
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'default import': two(
    [
      'import helper from "./lib";\nshow(function f(x) { return helper(x); });',
      'export default function (x) { return x + 1; }',
    ],
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'namespace import': two(
    [
      'import * as lib from "./lib";\nshow(function f(x) { return lib.helper(x); });',
      'export const other = 1;\nexport function helper(x) { return x + 1; }',
    ],
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  're-export': {
    files: {
      main: 'import { helper } from "./lib";\nshow(function f(x) { return helper(x); });',
      lib: 'export { helper } from "./more";',
      more: 'export function helper(x) { return x + 1; }',
    },
    edit: ['more', 'x + 1', 'x + 2'],
    to: [11, 12],
  },
  'imported constant': two(
    ['import { RATE } from "./lib";\nshow(function f(x) { return x * RATE; });', 'export const RATE = 2;'],
    ['2', '3'],
    [20, 30],
  ),
  'table of functions': one(
    'const TABLE = { add: (x) => x + 1, sub: (x) => x - 1 };\nconst name = "add";\nshow(function f(x) { return TABLE[name](x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'helper of a table': one(
    'const step = (x) => x + 1;\nconst TABLE = { add: (x) => step(x) };\nshow(function f(x) { return TABLE.add(x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  bind: one(
    'function scale(factor, x) { return factor * x; }\nconst double = scale.bind(null, 2);\nshow(function f(x) { return double(x); });',
    ['null, 2', 'null, 3'],
    [20, 30],
  ),
  'function of a factory': one(
    'const scaleBy = (factor) => (x) => x * factor;\nconst scale = scaleBy(2);\nshow(function f(x) { return scale(x); });',
    ['scaleBy(2)', 'scaleBy(3)'],
    [20, 30],
  ),
  'cached helper': one(
    'const helper = wrap(function helper(x) { return x + 1; });\nshow(function f(x) { return helper(x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'helper of a cached helper': one(
    'const step = (x) => x + 1;\nconst helper = wrap(function helper(x) { return step(x); });\nshow(function f(x) { return helper(x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'generator helper': one(
    'function* count(n) { yield n + 1; }\nshow(function f(x) { return [...count(x)].join(); });',
    ['n + 1', 'n + 2'],
    ['11', '12'],
  ),
  'async helper': one(
    'const load = async (x) => x + 1;\nshow(async function f(x) { return load(x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'method of a captured object': one(
    'const service = { rate: 2, total(x) { return x * this.rate; } };\nshow(function f(x) { return service.total(x); });',
    ['rate: 2', 'rate: 3'],
    [20, 30],
  ),
  'method that a method calls': one(
    'class Service { total(x) { return this.scale(x); } scale(x) { return x * 2; } }\nconst service = new Service();\nshow(function f(x) { return service.total(x); });',
    ['x * 2', 'x * 3'],
    [20, 30],
  ),
  'helper of a method': one(
    'const scale = (x) => x * 2;\nclass Service { total(x) { return scale(x); } }\nconst service = new Service();\nshow(function f(x) { return service.total(x); });',
    ['x * 2', 'x * 3'],
    [20, 30],
  ),
  'class of this': one(
    'const key = Symbol.for("tempcache.cacheKey");\nclass Shop { [key]() { return 1; } price(x) { return this.scale(x); } scale(x) { return x * 2; } }\nconst price = wrap(Shop.prototype.price);\nshow((x) => price.call(new Shop(), x), { isCall: true });',
    ['x * 2', 'x * 3'],
    [20, 30],
  ),
  'class of an argument': one(
    'const key = Symbol.for("tempcache.cacheKey");\nclass Money { constructor(n) { this.n = n; } [key]() { return this.n; } get doubled() { return this.n * 2; } }\nconst price = wrap(function price(m) { return m.doubled; });\nshow((x) => price(new Money(x)), { isCall: true });',
    ['n * 2', 'n * 3'],
    [20, 30],
  ),
  'template literal': one(
    'const UNIT = "km";\nshow(function f(x) { return `${x} ${UNIT}`; });',
    ['km', 'mi'],
    ['10 km', '10 mi'],
  ),
  'tagged template': one(
    'const tag = (texts, x) => texts.join("-") + x;\nshow(function f(x) { return tag`a${x}b`; });',
    ['"-"', '"+"'],
    ['a-b10', 'a+b10'],
  ),
  'text in a template literal': one(
    'show(function f(x) { return `http://a/*b*/ // c  ${x}`; });',
    ['// c  ', '// c '],
    ['http://a/*b*/ // c  10', 'http://a/*b*/ // c 10'],
  ),
  'blanks in a string': one('show(function f(x) { return "a  b" + x; });', ['a  b', 'a b'], ['a  b10', 'a b10']),
  'name with an umlaut': one('const größe = 2;\nshow(function f(x) { return x * größe; });', ['= 2', '= 3'], [20, 30]),
  'name with an escape': one(
    'const gr\\u00f6sse = 2;\nshow(function f(x) { return x * gr\\u00f6sse; });',
    ['= 2', '= 3'],
    [20, 30],
  ),
  spread: one(
    'const LIST = [1, 2];\nshow(function f(x) { return [...LIST, x].join(); });',
    ['[1, 2]', '[1, 3]'],
    ['1,2,10', '1,3,10'],
  ),
  'function as a member of a function': one(
    'function helper() {}\nhelper.variant = (x) => x + 1;\nshow(function f(x) { return helper.variant(x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'captured variable of a block': one(
    'const fs = [];\nfor (const n of [2]) { fs.push(function f(x) { return x * n; }); }\nshow(fs[0]);',
    ['of [2]', 'of [3]'],
    [20, 30],
  ),
  'key function': one(
    'const round = (x) => x - (x % 4);\nlet n = 0;\nconst f = wrap(function f(x) { return x; }, { key: (x) => round(x) });\nshow((x) => f(x) + f(x), { isCall: true });',
    ['x % 4', 'x % 5'],
    [20, 20],
    { again: true },
  ),
  'function among the deps': one(
    'const step = (x) => x + 1;\nconst helper = (x) => step(x);\nshow(function f(x) { return eval("helper")(x); }, { deps: [helper] });',
    ['x + 1', 'x + 2'],
    [11, 12],
    { without: ['bundled', 'minified', 'rollup'] },
  ),
};
