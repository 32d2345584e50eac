/** Edits of captured values. */
import { one } from './programs.mjs';

export const CASES = {
  number: one('const RATE = 2;\nshow(function f(x) { return x * RATE; });', ['= 2', '= 3'], [20, 30]),
  string: one('const NAME = "a  b";\nshow(function f(x) { return NAME + x; });', ['a  b', 'a b'], ['a  b10', 'a b10']),
  object: one(
    'const CONFIG = { rate: 2, other: 1 };\nshow(function f(x) { return x * CONFIG.rate; });',
    ['rate: 2', 'rate: 3'],
    [20, 30],
  ),
  'member of an object that is not used': one(
    'const CONFIG = { rate: 2, other: 1 };\nshow(function f(x) { return x * CONFIG.rate; });',
    ['other: 1', 'other: 2'],
    [20, 20],
  ),
  'nested object': one(
    'const CONFIG = { a: { rate: 2 } };\nshow(function f(x) { return x * CONFIG.a.rate; });',
    ['rate: 2', 'rate: 3'],
    [20, 30],
  ),
  array: one(
    'const LIST = [1, 2, 3];\nshow(function f(x) { return LIST.map((n) => n * x).join(); });',
    ['3]', '4]'],
    ['10,20,30', '10,20,40'],
  ),
  map: one(
    'const TABLE = new Map([["a", 2]]);\nshow(function f(x) { return x * TABLE.get("a"); });',
    ['"a", 2', '"a", 3'],
    [20, 30],
  ),
  set: one(
    'const SET = new Set([1, 10]);\nshow(function f(x) { return SET.has(x); });',
    ['1, 10', '1, 11'],
    [true, false],
  ),
  date: one(
    'const START = new Date(1000);\nshow(function f(x) { return START.getTime() + x; });',
    ['1000', '2000'],
    [1010, 2010],
  ),
  regexp: one('const FORM = /^1/;\nshow(function f(x) { return FORM.test(String(x)); });', ['^1', '^2'], [true, false]),
  'typed array': one(
    'const TABLE = new Uint8Array([5, 6]);\nshow(function f(x) { return TABLE[1] + x; });',
    ['6]', '7]'],
    [16, 17],
  ),
  bigint: one('const BIG = 5n;\nshow(function f(x) { return String(BIG + BigInt(x)); });', ['5n', '6n'], ['15', '16']),
  'static member of a class': one(
    'class Tax { static rate = 2; }\nshow(function f(x) { return x * Tax.rate; });',
    ['rate = 2', 'rate = 3'],
    [20, 30],
  ),
  'method of a class': one(
    'class Tax { of(x) { return x * 2; } }\nshow(function f(x) { return new Tax().of(x); });',
    ['x * 2', 'x * 3'],
    [20, 30],
  ),
  'class that is inherited': one(
    'class Base { of(x) { return x * 2; } }\nclass Tax extends Base {}\nshow(function f(x) { return new Tax().of(x); });',
    ['x * 2', 'x * 3'],
    [20, 30],
  ),
  'private field of an instance': one(
    'class Tax { #rate; constructor(rate) { this.#rate = rate; } of(x) { return x * this.#rate; } }\nconst RATE = 2;\nconst tax = new Tax(RATE);\nshow(function f(x) { return tax.of(x); });',
    ['= 2', '= 3'],
    [20, 30],
  ),
  'getter of a class': one(
    'class Tax { get rate() { return 2; } }\nconst tax = new Tax();\nshow(function f(x) { return x * tax.rate; });',
    ['return 2', 'return 3'],
    [20, 30],
  ),
  'getter of an object': one(
    'const tax = { get rate() { return 2; } };\nshow(function f(x) { return x * tax.rate; });',
    ['return 2', 'return 3'],
    [20, 30],
  ),
  'default of a parameter': one(
    'const RATE = 2;\nshow(function f(x, rate = RATE) { return x * rate; });',
    ['= 2', '= 3'],
    [20, 30],
  ),
  'destructured constant': one(
    'const { rate } = { rate: 2 };\nshow(function f(x) { return x * rate; });',
    ['rate: 2', 'rate: 3'],
    [20, 30],
  ),
};
