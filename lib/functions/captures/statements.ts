import { endOfStatement, isString, namesOfPattern, pairsIn } from './syntax.ts';
import { isMember, joinTokens, tokensOf, type Token } from './tokens.ts';
import { variablesIn } from './variables.ts';

/** Where a name comes from that a file imports: a specifier, and the name there; `'*'` for all of it. */
export interface Imported {
  readonly from: string;
  readonly name: string;
}

/** A statement that declares names, or gives one its value. */
export interface Statement {
  readonly text: string;
  /** The names in it that may be variables. */
  readonly names: readonly string[];
  /** What it requires. */
  readonly requires: readonly Imported[];
}

/** What a file declares, by name. `default` is what it exports under no name. */
export interface FileFacts {
  readonly text: string;
  readonly names: ReadonlySet<string>;
  declared(name: string): readonly Statement[];
  readonly imported: ReadonlyMap<string, Imported>;
  /** The names that it exports, by those under which it does. */
  readonly exported: ReadonlyMap<string, string>;
  /** All that it imports, and exports again. */
  readonly specifiers: ReadonlySet<string>;
}

/** Reads a file of JavaScript or TypeScript. */
export function fileFactsOf(text: string): FileFacts {
  return new FileReader(text);
}

/** How what follows a keyword is read. */
type Reading = 'variable' | 'name' | 'import' | 'export';

const READERS: Readonly<Record<string, Reading>> = {
  const: 'variable',
  let: 'variable',
  var: 'variable',
  class: 'name',
  enum: 'name',
  interface: 'name',
  function: 'name',
  import: 'import',
  export: 'export',
};

class FileReader implements FileFacts {
  readonly text: string;
  readonly names = new Set<string>();
  readonly imported = new Map<string, Imported>();
  readonly exported = new Map<string, string>();
  readonly specifiers = new Set<string>();
  readonly #list: readonly Token[];
  /** Where the statements begin that declare a name. */
  readonly #places = new Map<string, number[]>();

  constructor(text: string) {
    const { list, unsure } = tokensOf(text);
    this.#list = list;
    this.text = unsure ? text : joinTokens(list);
    for (let at = 0; at < list.length; at++) this.#read(at);
  }

  #at(at: number): string {
    return this.#list[at]?.value ?? '';
  }

  #read(at: number): void {
    const { kind, value } = this.#list[at] as Token;
    if (value === 'require' && this.#at(at + 1) === '(') this.#addSpecifier(at + 2);
    if (kind !== 'name' || isMember(this.#list, at)) return;
    this.names.add(value);
    const read = READERS[value];
    if (read !== undefined) this.#readAfter(read, at);
    else if (this.#at(at + 1) === '=' && READERS[this.#at(at - 1)] !== 'variable') this.#declare(at, [value]);
    else if (this.#at(at + 1) === '.') this.#assignExport(at, value);
  }

  #readAfter(read: Reading, at: number): void {
    if (read === 'variable') this.#declare(at, namesOfPattern(this.#list, at + 1));
    else if (read === 'name') this.#declare(at, [this.#at(this.#at(at + 1) === '*' ? at + 2 : at + 1)]);
    else if (read === 'import') this.#import(at);
    else this.#export(at);
  }

  declared(name: string): readonly Statement[] {
    return (this.#places.get(name) ?? []).map((at) => {
      const tokens = this.#list.slice(at, endOfStatement(this.#list, at));
      const text = joinTokens(tokens);
      const isPattern = tokens[1]?.value === '{';
      const requires = Array.from(text.matchAll(/\brequire\((["'`])([^"'`]+)\1\)/g), ([, , from = '']) => ({
        from,
        name: isPattern ? name : '*',
      }));
      return { text, names: variablesIn(tokens), requires };
    });
  }

  #declare(at: number, names: readonly string[]): void {
    for (const name of new Set(names)) {
      const places = this.#places.get(name);
      if (places === undefined) this.#places.set(name, [at]);
      else places.push(at);
    }
  }

  #addSpecifier(at: number): string {
    const from = this.#at(at).slice(1, -1);
    if (/^["'`]/.test(this.#at(at))) this.specifiers.add(from);
    return from;
  }

  #import(at: number): void {
    if (this.#at(at + 1) === '(') this.#addSpecifier(at + 2);
    if (this.#at(at + 1) === '(' || this.#at(at + 1) === '.') return;
    const end = endOfStatement(this.#list, at);
    const tokens = this.#list.slice(at, end);
    const string = tokens.findIndex(isString);
    if (string === -1) return;
    const from = this.#addSpecifier(at + string);
    pairsIn(tokens.slice(1, string)).forEach(([name, alias], index) => {
      const isDefault = index === 0 && tokens[1]?.kind === 'name' && tokens[1].value !== 'type';
      this.imported.set(alias, { from, name: isDefault ? 'default' : name });
    });
  }

  #export(at: number): void {
    const next = this.#at(at + 1);
    if (next === 'default') {
      this.#declare(at, ['default']);
      this.exported.set('default', 'default');
    } else if (next === '{' || next === '*') this.#exportList(at, next);
  }

  #exportList(at: number, next: string): void {
    const tokens = this.#list.slice(at, endOfStatement(this.#list, at));
    const string = tokens.findIndex(isString);
    const from = string === -1 ? undefined : this.#addSpecifier(at + string);
    for (const [name, alias] of pairsIn(tokens.slice(1, string === -1 ? undefined : string))) {
      if (from === undefined) this.exported.set(alias, name);
      else if (next === '{' || alias !== '*') this.#reexport(alias, { from, name });
    }
  }

  #reexport(alias: string, imported: Imported): void {
    this.exported.set(alias, `export ${alias}`);
    this.imported.set(`export ${alias}`, imported);
  }

  /** `exports.name = value`, `module.exports = value`. */
  #assignExport(at: number, value: string): void {
    const isModule = value === 'module' && this.#at(at + 2) === 'exports';
    if (!isModule && value !== 'exports') return;
    const start = isModule ? at + 2 : at;
    const name = this.#at(start + 1) === '.' ? this.#at(start + 2) : 'default';
    const equals = name === 'default' ? start + 1 : start + 3;
    if (this.#at(equals) !== '=') return;
    this.#declare(at, [`export ${name}`]);
    this.exported.set(name, `export ${name}`);
  }
}
