import { describe, expect, it } from '@jest/globals';
import { fileFactsOf } from '../../../lib/functions/captures/statements.ts';

const declared = (text: string, name: string): readonly string[] =>
  fileFactsOf(text)
    .declared(name)
    .map((one) => one.text);

describe('The statement that declares a name', () => {
  it.each([
    ['ends with its semicolon', 'const a = new A(1); const b = 2;', 'a', 'const a = new A(1);'],
    ['ends with its line', 'const a = new A(1)\nconst b = 2', 'a', 'const a = new A(1)'],
    ['goes on over lines', 'const a = b\n  .c()\n  .d(1)\nfoo()', 'a', 'const a = b\n.c()\n.d(1)'],
    ['goes on in brackets', 'const a = f({\n  b: 1,\n  c: [2]\n})\nfoo()', 'a', 'const a = f({\nb: 1,\nc: [2]\n})'],
    ['goes on after a sign', 'const a =\n  b +\n  c\nfoo()', 'a', 'const a =\nb +\nc'],
    ['may be a pattern', 'const { x: a, ...b } = c()\nfoo()', 'b', 'const {x: a, ...b} = c()'],
    ['may declare several names', 'const a = f(1, 2), b = g(3);', 'b', 'const a = f(1, 2), b = g(3);|b = g(3);'],
    ['may be a class', 'class A { b = 1 }\nfoo()', 'A', 'class A {b = 1}'],
    ['may give a value later', 'let a\na = new A()\n', 'a', 'let a|a = new A()'],
    ['may be an export', 'export default new A(1)\n', 'default', 'export default new A(1)'],
    ['may be an assignment to exports', 'exports.a = new A(1);\n', 'export a', 'exports.a = new A(1);'],
  ])('%s', (_, text, name, statement) => {
    // Blanks that separate nothing are left out.
    const close = (one: string): string => one.replaceAll(/ *([={}[\],:+;]) */g, '$1');
    expect(declared(text, name).map(close)).toEqual(statement.split('|').map(close));
  });

  it('is looked for in all places where the name is declared', () => {
    expect(declared('const a = 1;\n{ const a = 2; }', 'a')).toEqual(['const a=1;', 'const a=2;']);
  });
});

describe('The imports of a file', () => {
  it.each([
    ["import a from 'x'", 'a', { from: 'x', name: 'default' }],
    ["import { a } from 'x'", 'a', { from: 'x', name: 'a' }],
    ["import { b as a } from './x.js'", 'a', { from: './x.js', name: 'b' }],
    ["import d, { a } from 'x'", 'a', { from: 'x', name: 'a' }],
    ["import * as a from 'x'", 'a', { from: 'x', name: '*' }],
    ["export { b as a } from 'x'", 'export a', { from: 'x', name: 'b' }],
  ])('%s', (text, name, imported) => {
    expect(fileFactsOf(text).imported.get(name)).toEqual(imported);
  });

  it('may be required', () => {
    const facts = fileFactsOf("const { a } = require('./x'); const b = require('y');");
    expect(facts.declared('a')[0]?.requires).toEqual([{ from: './x', name: 'a' }]);
    expect(facts.declared('b')[0]?.requires).toEqual([{ from: 'y', name: '*' }]);
    expect([...facts.specifiers]).toEqual(['./x', 'y']);
  });

  it('are all listed', () => {
    const text = "import 'a';\nexport * from 'b';\nconst c = await import('c');\nexport * as d from 'd';";
    expect([...fileFactsOf(text).specifiers]).toEqual(['a', 'b', 'c', 'd']);
  });
});
