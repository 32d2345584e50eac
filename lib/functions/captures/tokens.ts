import jsTokens from 'js-tokens';

/** A token of JavaScript or TypeScript that is neither a blank nor a comment. */
export interface Token {
  readonly kind: 'name' | 'punctuator' | 'regexp' | 'other';
  readonly value: string;
  /** Whether a line ends between the token before and this one. */
  readonly startsLine: boolean;
}

/** Tokens, and whether a reader might see other ones: then nothing may be left out of the text. */
export interface Tokens {
  readonly list: readonly Token[];
  readonly unsure: boolean;
}

const KINDS: Readonly<Record<string, Token['kind']>> = {
  IdentifierName: 'name',
  Punctuator: 'punctuator',
  RegularExpressionLiteral: 'regexp',
};

/** The tokens of a text. Whether a slash divides or begins a regular expression cannot always be told. */
export function tokensOf(text: string): Tokens {
  const list: Token[] = [];
  let unsure = false;
  let startsLine = false;
  for (const token of jsTokens(text)) {
    const { type, value } = token;
    unsure ||= type === 'Invalid' || ('closed' in token && !token.closed);
    if (isBetween(type)) {
      startsLine ||= type !== 'WhiteSpace' && /^\/\/|[\n\r\u2028\u2029]/.test(value);
      continue;
    }
    unsure ||= isUnsure(value, type, list);
    list.push({ kind: KINDS[type] ?? 'other', value, startsLine });
    startsLine = false;
  }
  return { list, unsure };
}

function isBetween(type: string): boolean {
  return type === 'WhiteSpace' || type === 'LineTerminatorSequence' || type.endsWith('Comment');
}

function isUnsure(value: string, type: string, before: readonly Token[]): boolean {
  if (!value.startsWith('/') || (type !== 'RegularExpressionLiteral' && type !== 'Punctuator')) return false;
  const last = before.at(-1);
  if (last === undefined) return false;
  return last.value === '}' || (last.kind === 'name' && isMember(before, before.length - 1));
}

/** The text of the token at a place; an empty one where there is none. */
export function valueAt(list: readonly Token[], at: number): string {
  return list[at]?.value ?? '';
}

/** Whether the token at a place is the name of a member: `size` in `list.size`. */
export function isMember(list: readonly Token[], at: number): boolean {
  const before = list[at - 1]?.value;
  return before === '.' || before === '?.';
}

/** The members after a name, and where they end: `['a', 'b']` in `name.a.b`. */
export interface Path {
  readonly members: readonly string[];
  readonly end: number;
}

export function pathAt(list: readonly Token[], at: number): Path {
  const members: string[] = [];
  let end = at + 1;
  for (let next = list[end + 1]; next !== undefined && isMember(list, end + 1); next = list[end + 1]) {
    if (next.kind !== 'name' && !next.value.startsWith('#')) break;
    members.push(next.value);
    end += 2;
  }
  return { members, end };
}

const WORD = /[\p{ID_Continue}$#\\]$/u;
const WORD_START = /^[\p{ID_Continue}$#\\]/u;

/** The tokens as a text again: with line breaks where some were, and a blank where two tokens would become one. */
export function joinTokens(list: readonly Token[]): string {
  let text = '';
  let last = '';
  for (const { value, startsLine } of list) {
    if (startsLine && last !== '') text += '\n';
    else if (sticks(last, value)) text += ' ';
    text += value;
    last = value;
  }
  return text;
}

function sticks(last: string, next: string): boolean {
  if (WORD.test(last)) return WORD_START.test(next) || (next.startsWith('.') && /^[\d.]/.test(last));
  return /[+\-/<>=*!&|?.]$/.test(last) && /^[+\-/<>=*!&|?.]/.test(next);
}

/** For each list that was asked for, the places after the brackets that close those at its places. */
const ends = new WeakMap<readonly Token[], Uint32Array>();

/** The place after the bracket that closes the one at a place; that after the list where none does. */
export function afterBracket(list: readonly Token[], at: number): number {
  let places = ends.get(list);
  if (places === undefined) ends.set(list, (places = endsIn(list)));
  return places[at] ?? list.length;
}

function endsIn(list: readonly Token[]): Uint32Array {
  const places = new Uint32Array(list.length).fill(list.length);
  const open: number[] = [];
  list.forEach(({ kind, value }, at) => {
    if (opens(kind, value)) open.push(at);
    else if (closes(kind, value)) places[open.pop() ?? at] = at + 1;
  });
  return places;
}

/** The beginning of a template opens what its end closes. */
export function opens(kind: Token['kind'], value: string): boolean {
  if (kind === 'punctuator') return value === '(' || value === '[' || value === '{';
  return kind === 'other' && value.startsWith('`') && value.endsWith('${');
}

export function closes(kind: Token['kind'], value: string): boolean {
  if (kind === 'punctuator') return value === ')' || value === ']' || value === '}';
  return kind === 'other' && value.startsWith('}') && value.endsWith('`');
}
