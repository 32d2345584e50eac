/** Edits of what declares objects that show nothing of their inside, and what changes while a program runs. */
import { one, two } from './programs.mjs';

export const CASES = {
  'map that is memo and table': one(
    'const TABLE = new Map([["rate", 2]]);\nfunction helper(x) { TABLE.set("last", x); return x * TABLE.get("rate"); }\nshow(function f(x) { return helper(x); });',
    ['"rate", 2', '"rate", 3'],
    [20, 30],
  ),
  'memo of a class under another name': one(
    'class Table { memo = new Map(); get(x) { const { memo } = this; if (!memo.has(x)) memo.set(x, x * 2); return memo.get(x); } }\nconst table = new Table();\nshow(async function f(x) { await 0; return table.get(x); });',
    ['x * 2', 'x * 3'],
    [20, 30],
  ),
  'table of which a copy is changed': one(
    'const table = { rows: [1] };\nfunction rows(x) { let { rows } = table; rows = [...rows]; rows.push(x); return rows; }\nshow(function f(x) { return rows(x).join(); });',
    ['rows: [1]', 'rows: [2]'],
    ['1,10', '2,10'],
  ),
  'parameter that is called like a global': one(
    'function make(performance) { const memo = new Map([["rate", performance]]); return function f(x) { memo.set(x, 1); return x * memo.get("rate"); }; }\nshow(make(2));',
    ['make(2)', 'make(3)'],
    [20, 30],
  ),
  'constant in the value of a field that goes on in another line': one(
    'const BASE = 2;\nclass Tax {\n  #rate = 1 *\n    BASE;\n  #bound = ((x) => x * this.#rate).bind(this);\n  total(x) { return this.#bound(x); }\n}\nconst tax = new Tax();\nshow(function f(x) { return tax.total(x); });',
    ['BASE = 2', 'BASE = 3'],
    [20, 30],
  ),
  'mixin of the class of an instance': one(
    'const RATE = 2;\nconst taxed = (options) => class { get rate() { return options.rate; } };\nclass Price extends taxed({ rate: RATE }) { total(x) { return x * this.rate; } }\nconst price = new Price();\nshow(function f(x) { return price.total(x); });',
    ['RATE = 2', 'RATE = 3'],
    [20, 30],
  ),
  'memo that is filled by a statement of its own': one(
    'const memo = new Map();\nmemo.set("rate", 2);\nfunction helper(x) { memo.set("last", x); return x * memo.get("rate"); }\nshow(function f(x) { return helper(x); });',
    ['"rate", 2', '"rate", 3'],
    [20, 30],
  ),
  'memo that another function fills': one(
    'const memo = new Map();\nfunction fill() { const table = memo; table.set("rate", 2); }\nfill();\nfunction helper(x) { memo.set("last", x); return x * memo.get("rate"); }\nshow(function f(x) { return helper(x); });',
    ['"rate", 2', '"rate", 3'],
    [20, 30],
  ),
  'memo and counter': one(
    'const memo = new Map();\nlet calls = 0;\nfunction helper(x) { calls++; if (!memo.has(x)) memo.set(x, x + 1); return memo.get(x); }\nshow(function f(x) { return helper(x); });',
    ['x + 1', 'x + 2'],
    [11, 12],
  ),
  'instance of an own class with state': one(
    'class Client { calls = 0; constructor(rate) { this.rate = rate; } get(x) { this.calls++; return x * this.rate; } }\nconst client = new Client(2);\nshow(function f(x) { return client.get(x); });',
    ['Client(2)', 'Client(3)'],
    [20, 30],
  ),
  'built-in without a content that shows': one(
    'const format = new Intl.NumberFormat("en", { minimumFractionDigits: 1 });\nshow(function f(x) { return format.format(x); });',
    ['Digits: 1', 'Digits: 2'],
    ['10.0', '10.00'],
  ),
  'constant in what declares it': one(
    'const digits = 1;\nconst format = new Intl.NumberFormat("en", { minimumFractionDigits: digits });\nshow(function f(x) { return format.format(x); });',
    ['digits = 1', 'digits = 2'],
    ['10.0', '10.00'],
  ),
  'imported constant in what declares it': two(
    [
      'import { digits } from "./lib";\nconst format = new Intl.NumberFormat("en", { minimumFractionDigits: digits });\nshow(function f(x) { return format.format(x); });',
      'export const digits = 1;',
    ],
    ['digits = 1', 'digits = 2'],
    ['10.0', '10.00'],
  ),
  'imported object that shows nothing': two(
    [
      'import { format } from "./lib";\nshow(function f(x) { return format.format(x); });',
      'export const format = new Intl.NumberFormat("en", { minimumFractionDigits: 1 });',
    ],
    ['Digits: 1', 'Digits: 2'],
    ['10.0', '10.00'],
  ),
  'object that is passed in': one(
    'function make(format) { return function f(x) { return format.format(x); }; }\nshow(make(new Intl.NumberFormat("en", { minimumFractionDigits: 1 })));',
    ['Digits: 1', 'Digits: 2'],
    ['10.0', '10.00'],
  ),
  'JSON import': {
    files: {
      main: 'import data from "./data.json" with { type: "json" };\nshow(function f(x) { return x * data.rate; });',
      'data.json': '{ "rate": 2 }',
    },
    edit: ['data.json', '2', '3'],
    to: [20, 30],
  },
  'cyclic import': two(
    [
      'import { helper } from "./lib";\nexport const BASE = 1;\nexport { helper };\nshow(function f(x) { return helper(x); });',
      'import { BASE } from "./main";\nexport function helper(x) { return x + BASE + 1; }',
    ],
    ['+ 1', '+ 2'],
    [12, 13],
  ),
  'module that awaits': one(
    'const RATE = await 2;\nshow(function f(x) { return x * RATE; });',
    ['await 2', 'await 3'],
    [20, 30],
    { without: ['cjs', 'jest', 'jest-coverage'] },
  ),
  'variable that is set before its call': one(
    'let rate = 2;\nconst f = wrap(function f(x) { return x * rate; });\nshow((x) => f(x), { isCall: true });',
    ['= 2', '= 3'],
    [20, 30],
  ),
};
