import { describe, expect, it } from '@jest/globals';
import { factsOf } from '../../../lib/functions/captures/text-facts.ts';

function namesIn(text: string): Record<string, readonly string[] | 'all'> {
  const entries = [...factsOf(text).names].map(([name, members]) => [name, members ? [...members] : 'all'] as const);
  return Object.fromEntries(entries);
}

describe('The text of a function', () => {
  it.each([
    ['comments', 'function f(a) { return a /* one */ + 1; // two\n}', 'function f(a) {return a + 1;\n}'],
    ['indentation', '(a)  =>  {\n    return   a;\n}', '(a) => {\nreturn a;\n}'],
    ['a comment between two names', 'x => typeof/* */x', 'x => typeof x'],
  ])('counts without %s', (_, one, other) => {
    expect(factsOf(one).text).toBe(factsOf(other).text);
  });

  it.each([
    ['blanks in a string', '() => "a  b"', '() => "a b"'],
    ['blanks in a template', '() => `a  b`', '() => `a b`'],
    ['what reads like a comment in a template', '() => `http://a/*b*/`', '() => `http:`'],
    ['what reads like a comment in a regular expression', '() => /[/*]/.test(1) /* */', '() => /[/'],
    ['line breaks, which may end a statement', '() => {\nreturn\n1 }', '() => {\nreturn 1 }'],
    ['blanks that keep signs apart', 'a => 1 + +a', 'a => 1 ++a'],
    ['blanks that keep a number and a member apart', '() => 1 .toFixed()', '() => 1.toFixed()'],
  ])('tells by %s', (_, one, other) => {
    expect(factsOf(one).text).not.toBe(factsOf(other).text);
  });

  it('counts whole where a slash may divide or begin a regular expression', () => {
    const text = '() => { if (a) {} /b/.test(c) /* d */ }';
    expect(factsOf(text).text).toBe(text);
    expect(namesIn(text)).toMatchObject({ a: 'all', b: 'all', c: 'all', d: 'all' });
  });
});

describe('The names in a text', () => {
  it('are those that may be captured, with the members that alone are used', () => {
    const names = namesIn('(x) => lib.one(x) + lib.two + other?.three + [...list, table[x]].length + call?.()');
    expect(names).toMatchObject({
      lib: ['one', 'two'],
      other: ['three'],
      list: 'all',
      table: 'all',
      call: 'all',
      x: 'all',
    });
  });

  it('are used whole where one use is whole', () => {
    expect(namesIn('() => lib.one(lib)')).toEqual({ lib: 'all' });
    expect(namesIn('() => [lib, lib.one]')).toEqual({ lib: 'all' });
  });

  it('do not come from strings, comments and members', () => {
    expect(namesIn('() => "a" + `b ${c} d` + e.f /* g */')).toEqual({ c: 'all', e: ['f'] });
  });

  it('are no keys of objects and no labels', () => {
    const names = namesIn(
      '() => { done: for (;;) break; return { one: 1, two: three, [four]: five ? six : seven, eight }; }',
    );
    expect(Object.keys(names).filter((name) => /one|two|done/.test(name))).toEqual([]);
    expect(names).toMatchObject({ three: 'all', four: 'all', five: 'all', six: 'all', seven: 'all', eight: 'all' });
  });

  it('are those of a case, though a colon follows', () => {
    const text = '(a) => { switch (a) { case one: break; case 1, two: return { three: 1 }; } }';
    expect(namesIn(text)).toMatchObject({ one: 'all', two: 'all' });
    expect(namesIn(text)).not.toHaveProperty('three');
  });

  it('know what module.exports has', () => {
    expect(namesIn('() => module.exports.helper()')).toEqual({ module: ['exports.helper'] });
  });

  it('may be any where one is escaped, and where there is an eval', () => {
    expect(factsOf('() => gr\\u00f6sse').all).toBe(true);
    expect(factsOf('() => eval("a")').all).toBe(true);
    expect(factsOf('() => größe + x.eval').all).toBe(false);
  });

  it('are none where they are counters of coverage and mutation', () => {
    expect(namesIn('() => { cov_1a2b().f[0]++; stryCov_9fa48("0"); return a; }')).toEqual({ return: 'all', a: 'all' });
  });
});

describe('What a text changes', () => {
  it.each([
    ['n++', 'n'],
    ['--n', 'n'],
    ['n += 1', 'n'],
    ['n ??= 1', 'n'],
    ['n = 1', 'n'],
  ])('is a variable: %s', (text, name) => {
    expect([...factsOf(`() => { ${text}; }`).assigned]).toEqual([name]);
  });

  it.each([
    '(n) => { n++; }',
    'function f({ n }) { n = 1; }',
    'function f(a, [n]) { n = 1; }',
    'n => { n = 1; }',
    '() => { let n = 1; n++; }',
    '() => { const { a: n } = b; n++; }',
    '() => { for (let n = 0; n < 1; n++) {} }',
    '() => { try {} catch (n) { n = 1; } }',
    '() => n == 1 || n === 1 || n <= 1',
    '() => { a\n++\nb; return n; }',
  ])('is none that it declares itself, or only compares: %s', (text) => {
    expect(factsOf(text).assigned.has('n')).toBe(false);
  });

  it.each([
    ['memo.set(a, b)', { path: ['memo'], member: undefined }],
    ['a.queue.push(b)', { path: ['a', 'queue'], member: undefined }],
    ['table[key] = 1', { path: ['table'], member: undefined }],
    ['delete table[key]', { path: ['table'], member: undefined }],
    ['counters.all++', { path: ['counters'], member: 'all' }],
    ['a.b.c = 1', { path: ['a', 'b'], member: 'c' }],
    ['Object.assign(a.b, c)', { path: ['a', 'b'], member: undefined }],
    ['Atomics.add(table, 0, 1)', { path: ['table'], member: undefined }],
    ['this.rate = 1', { path: ['this'], member: 'rate' }],
    ['this.#rate = 1', { path: ['this'], member: '#rate' }],
    ['this.memo.set(1)', { path: ['this', 'memo'], member: undefined }],
  ])('is a container, or a member of one: %s', (text, change) => {
    expect(factsOf(`function f() { ${text}; }`).changed).toEqual([change]);
  });

  it.each([
    ['const memo = this.memo; memo.set(1)', { path: ['this', 'memo'], member: undefined }],
    ['const { memo } = this; memo.set(1)', { path: ['this', 'memo'], member: undefined }],
    ['const { a: { b }, memo: own = new Map() } = this.tables\n own.set(1)', { path: ['this', 'tables', 'memo'] }],
    ['var a = 1, self = this, b = 2; if (a) { self.rate = 2; }', { path: ['this'], member: 'rate' }],
    ['const self = this; const queue = self.queue; queue.push(1)', { path: ['this', 'queue'], member: undefined }],
    ['const memo = this.memo || (this.memo); memo[1] = 2', { path: ['this', 'memo'], member: undefined }],
    ['let own = table.rows; [1].forEach(() => { Object.assign(own, 1); })', { path: ['table', 'rows'] }],
  ])('is a container that another variable stands for: %s', (text, change) => {
    expect(factsOf(`function f() { ${text}; }`).changed).toMatchObject([change]);
  });

  it.each([
    'let own = table.rows; own = [...own]; own.push(1)',
    'const own = table.rows.slice(); own.push(1)',
    'const own = [...table.rows]; own.push(1)',
    'const { ...own } = table; own.rows = 1',
    'const own = table.rows.length; own.x = 1',
    'const { rows: [own] } = table; own.push(1)',
    '{ const own = table.rows; } { const own = []; own.push(1) }',
    'const own = table.rows; each((own) => own.push(1))',
    'const own = isOpen ? table.rows : []; own.push(1)',
    'const own = table.rows && []; own.push(1)',
  ])('is none of which a variable may be a copy, or something else: %s', (text) => {
    const roots = factsOf(`function f() { ${text}; }`).changed.map(({ path }) => path.join('.'));
    expect(roots.filter((path) => path.startsWith('table') && path !== 'table.rows.length')).toEqual([]);
  });

  it('is nothing that a constructor sets, for that is how fields begin', () => {
    const text = 'class A { constructor(a) { this.a = a; } set(b) { this.b = b; } }';
    expect(factsOf(text).changed).toEqual([{ path: ['this'], member: 'b' }]);
    const aliased = 'class A { constructor(a) { const self = this; self.a = a; } }';
    expect(factsOf(aliased).changed).toEqual([]);
  });
});
