/** Edits that change no value. */
import { one } from './programs.mjs';

export const CASES = {
  comment: one(
    '// one\nfunction helper(x) { return x + 1; /* why */ }\nshow(function f(x) { return helper(x); });',
    ['/* why */', '/* because */'],
    [11, 11],
  ),
  'comment of the function itself': one(
    'show(function f(x) { return x + 1; /* why */ });',
    ['/* why */', '/* because */'],
    [11, 11],
  ),
  'line comment': one('show(function f(x) {\n  // one\n  return x + 1;\n});', ['// one', '// another one'], [11, 11]),
  indentation: one('show(function f(x) {\n  return x + 1;\n});', ['  return x + 1', '      return x  + 1'], [11, 11]),
  'another function of the file': one(
    'export function other(x) { return x + 1; }\nshow(function f(x) { return x + 1; });',
    ['x + 1; }\n', 'x + 9; }\n'],
    [11, 11],
  ),
  'another constant of the file': one(
    'export const OTHER = 1;\nconst RATE = 2;\nshow(function f(x) { return x * RATE; });',
    ['OTHER = 1', 'OTHER = 2'],
    [20, 20],
  ),
  'another constant of the file that has an instance': one(
    'export const OTHER = 1;\nclass Tax { rate = 2; static of() { return new Tax(); } get total() { return this.rate; } }\nconst tax = Tax.of();\nshow(function f(x) { return x * tax.total; });',
    ['OTHER = 1', 'OTHER = 2'],
    [20, 20],
    { again: true },
  ),
  'another constant of the file that has a memo': one(
    'export const OTHER = 1;\nconst memo = new Map();\nfunction helper(x) { memo.set(x, x + 1); return memo.get(x); }\nshow(function f(x) { return helper(x); });',
    ['OTHER = 1', 'OTHER = 2'],
    [11, 11],
    { again: true },
  ),
  'name in a string': one(
    'const RATE = 2;\nexport const g = () => RATE;\nshow(function f(x) { return "RATE" + x; });',
    ['= 2', '= 3'],
    ['RATE10', 'RATE10'],
  ),
  'name in a comment': one(
    'const RATE = 2;\nexport const g = () => RATE;\nshow(function f(x) { return x; /* RATE */ });',
    ['= 2', '= 3'],
    [10, 10],
  ),
  'label of the name of a captured variable': one(
    'const RATE = 2;\nexport const g = () => RATE;\nshow(function f(x) { RATE: for (;;) { break RATE; } return x; });',
    ['= 2', '= 3'],
    [10, 10],
    { again: true },
  ),
  'helper that is not called': one(
    'const unused = (x) => x + 1;\nconst helper = (x) => x + 1;\nexport const g = () => unused(1);\nshow(function f(x) { return helper(x); });',
    ['unused = (x) => x + 1', 'unused = (x) => x + 2'],
    [11, 11],
  ),
  'log that is called': one(
    'const helper = (x) => { console.debug?.call; return x + 1; };\nshow(function f(x) { return helper(x); });\n// end',
    ['// end', '// END'],
    [11, 11],
  ),
  'module of Node': one(
    'import { join } from "node:path";\nimport { createHash } from "node:crypto";\nshow(function f(x) { return join("a", createHash("md5").update(String(x)).digest("hex").slice(0, 4)); });\n// end',
    ['// end', '// END'],
    ['a/d3d9', 'a/d3d9'],
  ),
  'method that queues': one(
    'const queue = [];\nfunction helper(x) { queue.push(x); return x + 1; }\nshow(function f(x) { return helper(x); });\n// end',
    ['// end', '// END'],
    [11, 11],
  ),
};
