import { describe, expect, it } from '@jest/globals';
import { fileFactsOf } from '../../../lib/functions/captures/statements.ts';

/** The variables that a declaration names besides its own. */
function variablesOf(text: string, name = 'a'): readonly string[] {
  const [statement] = fileFactsOf(text).declared(name);
  return (statement?.names ?? []).filter((one) => one !== name);
}

describe('The names of variables in a statement', () => {
  it.each([
    ['are no words of the language', 'const a = new B(typeof c, await d);', ['B', 'c', 'd']],
    ['are no members and keys', 'const a = b.c({ d: e, f });', ['b', 'e', 'f']],
    [
      'are no methods',
      'class a { b(c) { return d; } get e() { return 1; } static async f() { g(); } }',
      ['c', 'd', 'g'],
    ],
    ['are no fields, but what fields hold', 'class a { b = c; static d = e(1)\n f\n #g = h; }', ['c', 'e', 'h']],
    ['may stand in the next line of a field', 'class a { b = c *\n  d\n  e = f\n    .g }', ['c', 'd', 'f']],
    ['may be called like modifiers', 'const a = [get, set(of), from]', ['get', 'set', 'of', 'from']],
    [
      'may be called like modifiers at the end of a line',
      'const a = f(() => { get\nset(b) })',
      ['f', 'get', 'set', 'b'],
    ],
    ['may be called before a block', 'const a = f(() => { b(c)\n{ d } })', ['f', 'b', 'c', 'd']],
    ['may be called to make the class that is extended', 'class a extends b(c) { d = 1; }', ['b', 'c']],
    ['may stand in the class that is extended', 'class a extends b({ d: c }) { e = 1; }', ['b', 'c']],
    [
      'may be called like modifiers before an operator',
      'const a = [type in b, from instanceof C];',
      ['type', 'b', 'from', 'C'],
    ],
    ['may be computed names', 'class a { [b]() {} static [c] = 1; }', ['b', 'c']],
  ])('%s', (_, text, names) => {
    expect(variablesOf(text)).toEqual(names);
  });
});
