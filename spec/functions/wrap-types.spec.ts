import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');
const file = join(root, 'spec', 'functions', 'wrong.ts');

/** Wrong uses of `wrap`: what is reported, and at which piece of the line. */
const WRONG: readonly (readonly [string, RegExp, string])[] = [
  ['cache.wrap(load, { maxage: 1 });', /^Object literal may only specify known properties, and 'maxage'/, 'maxage'],
  [
    'cache.wrap({ maxage: 1 });',
    /^Object literal may only specify known properties, but 'maxage' .* Did you mean to write 'maxAge'\?$/,
    'maxage',
  ],
  [
    "cache.wrap({ name: 'load', maxage: 1 });",
    /^Object literal may only specify known properties, but 'maxage' .* Did you mean to write 'maxAge'\?$/,
    'maxage',
  ],
  ["cache.wrap(load, { maxAge: ['1h'] });", /^Type 'string\[\]' is not assignable to type 'Duration/, 'maxAge'],
  ["cache.wrap({ maxAge: ['1h'] });", /^Type 'string\[\]' is not assignable to type 'Duration/, 'maxAge'],
  ["cache.wrap(load, { mode: 'none' });", /^Type '"none"' is not assignable to type 'Mode/, 'mode'],
  ["cache.wrap({ mode: 'none' });", /^Type '"none"' is not assignable to type 'Mode/, 'mode'],
  ['cache.wrap({ version: 3 });', /^Type 'number' is not assignable to type 'string'/, 'version'],
  ['cache.wrap(load, { version: 3 });', /^Type 'number' is not assignable to type 'string'/, 'version'],
  ['cache.wrap(load, { key: (id: string) => id });', /^Type '\(id: string\) => string' is not assignable/, 'key'],
  ['cache.wrap(load, { label: (id) => id });', /^Type '\(id: number\) => number' is not assignable/, 'label'],
  ['cache.wrap((id: number) => id, { maxage: 1 });', /and 'maxage' does not exist in type/, 'maxage'],
  ['remote.wrap(load, { maxage: 1 });', /and 'maxage' does not exist in type/, 'maxage'],
  ["cache.wrap(load, '1h');", /^Argument of type '"1h"' is not assignable to parameter of type/, "'1h'"],
  ['cache.wrap(Map);', /^Argument of type 'MapConstructor' is not assignable to parameter of type/, 'Map'],
  [
    'export class Users { @cache.wrap({ maxage: 1 }) load(): number { return 1; } }',
    /Did you mean to write 'maxAge'/,
    'maxage',
  ],
];

const PRELUDE = [
  "import type { AsyncStore, TempCache } from '../../lib/index.ts';",
  'declare const cache: TempCache;',
  'declare const remote: TempCache<AsyncStore>;',
  'declare function load(id: number): string;',
];

describe('The compiler', () => {
  it('says of a wrong option of wrap what is wrong with it, and no word of overloads', () => {
    const found = diagnose([...PRELUDE, ...WRONG.map(([code]) => code)]);
    expect(found.map(({ line }) => line)).toEqual(WRONG.map((_, index) => PRELUDE.length + index));
    for (const [index, { code, message, at }] of found.entries()) {
      const [, expected, place] = WRONG[index] as (typeof WRONG)[number];
      expect(message).toMatch(expected);
      expect({ message, at, isOverload: code === NO_OVERLOAD_MATCHES }).toEqual({
        message,
        at: place,
        isOverload: false,
      });
    }
  }, 120_000);

  it('takes decorators of the older kind for what they are, too', () => {
    const legacy = [
      ...PRELUDE,
      'export class Users {',
      '  @cache.wrap load(id: number): string { return String(id); }',
      "  @cache.wrap({ maxAge: '1h', key: (id: number) => id }) async later(id: number): Promise<number> { return id; }",
      "  @cache.wrap({ label: () => 'made' }) static make<T>(value: T): T { return value; }",
      '}',
    ];
    expect(diagnose(legacy, { experimentalDecorators: true })).toEqual([]);
  });
});

const NO_OVERLOAD_MATCHES = 2769;

interface Finding {
  readonly line: number;
  readonly code: number;
  /** Its first sentence. */
  readonly message: string;
  /** The code that it points at. */
  readonly at: string;
}

/** What the compiler reports about lines that are a file beside this one. */
function diagnose(lines: readonly string[], further: ts.CompilerOptions = {}): readonly Finding[] {
  const text = lines.join('\n');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [file] }, ts.sys, root);
  Object.assign(options, further);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const source = ts.createSourceFile(file, text, {
    languageVersion: ts.ScriptTarget.ES2023,
    impliedNodeFormat: ts.ModuleKind.ESNext,
  });
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) => (name === file ? source : getSourceFile(name, ...rest));
  const program = ts.createProgram([file], options, host);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
    const { start = 0, length = 0, code, messageText } = diagnostic;
    return {
      line: source.getLineAndCharacterOfPosition(start).line,
      code,
      message: ts.flattenDiagnosticMessageText(messageText, '\n').split('\n', 1)[0] as string,
      at: text.slice(start, start + length),
    };
  });
}
