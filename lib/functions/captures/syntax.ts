/** The little syntax that is needed to find statements among tokens. */

import { afterBracket, closes, isMember, opens, valueAt, type Token } from './tokens.ts';

/** Keywords and signs before which, and after which, a statement goes on in the next line. */
const GOES_ON = /^(?:in|of|instanceof|as|satisfies|=>|[.,(`[*/%&|^?:=<>]|&&|\|\||\?\?|\?\.|[+-]$|[!=<>]=)/;
const ENDS = /^(?:[)\]}]|\+\+|--)$/;
const UNFINISHED = new Set(
  'in of instanceof as satisfies new typeof void delete await yield return throw case'.split(' '),
);

/** The place after the statement that begins at a place. */
export function endOfStatement(list: readonly Token[], from: number): number {
  let at = from + 1;
  while (at < list.length) {
    const { kind, value, startsLine } = list[at] as Token;
    if (closes(kind, value) || (startsLine && endsBefore(list, at))) return at;
    if (value === ';') return at + 1;
    at = following(list, at);
  }
  return at;
}

/** Whether a statement ends before a token that begins a line. */
function endsBefore(list: readonly Token[], at: number): boolean {
  const [last, { value }] = [list[at - 1] as Token, list[at] as Token];
  if (GOES_ON.test(value) || (value === '{' && last.value !== '}')) return false;
  return last.kind === 'punctuator' ? ENDS.test(last.value) : !UNFINISHED.has(last.value);
}

/** The names that a declaration of variables declares, of which the first pattern begins at a place. */
export function namesOfPattern(list: readonly Token[], from: number): readonly string[] {
  const names: string[] = [];
  for (let at = from; at < list.length; at++) {
    const { kind, value } = list[at] as Token;
    if (kind === 'name' && (at === from || /^(?:[,{[:]|\.{3})$/.test(list[at - 1]?.value ?? ''))) names.push(value);
    else if (value === '=') at = endOfValue(list, at) - 1;
    else if (!/^(?:[,{}[\]:]|\.{3})$/.test(value)) break;
  }
  return names;
}

/** The place of the comma or bracket that ends a value. */
export function endOfValue(list: readonly Token[], from: number): number {
  let at = from + 1;
  while (at < list.length && !/^[,;)\]}]$/.test(list[at]?.value ?? '')) {
    const { startsLine } = list[at] as Token;
    if (startsLine && endsBefore(list, at)) break;
    at = following(list, at);
  }
  return at;
}

/** The places between two where parts begin that commas separate. */
export function partsIn(list: readonly Token[], from: number, to: number): readonly number[] {
  const starts = [from];
  for (let at = from; at < to; at = following(list, at)) if (valueAt(list, at) === ',') starts.push(at + 1);
  return starts;
}

/** The place after a token, or after the brackets that it opens. */
export function following(list: readonly Token[], at: number): number {
  const { kind, value } = list[at] as Token;
  return opens(kind, value) ? afterBracket(list, at) : at + 1;
}

/** The places of names that are keys of an object literal or a pattern, or labels: none of them is a variable. */
export function keysIn(list: readonly Token[]): ReadonlySet<number> {
  const keys = new Set<number>();
  // For each bracket that is open, whether it may be one of an object: in `case a, b:` are variables.
  const open: boolean[] = [];
  list.forEach((token, at) => {
    if (closes(token.kind, token.value)) open.pop();
    if (opens(token.kind, token.value)) open.push(token.value === '{');
    else if (token.value === 'case') open[open.length - 1] = false;
    else if (open.at(-1) === true && isBeforeColon(list, at)) keys.add(at);
  });
  return keys;
}

/** Whether a name stands after `{` or `,` and before a colon. */
function isBeforeColon(list: readonly Token[], at: number): boolean {
  if (list[at]?.kind !== 'name' || list[at + 1]?.value !== ':') return false;
  return /^[{,]$/.test(list[at - 1]?.value ?? '');
}

export function isString({ kind, value }: Token): boolean {
  return kind === 'other' && /^["']/.test(value);
}

/** `a as b` and `c` are the pairs `a`, `b` and `c`, `c`. */
export function pairsIn(tokens: readonly Token[]): readonly (readonly [string, string])[] {
  const words = tokens.filter(({ kind, value }) => kind === 'name' || value === '*').map(({ value }) => value);
  const pairs: [string, string][] = [];
  for (let at = 0; at < words.length; at++) {
    const name = words[at] as string;
    if (name === 'from' || (name === 'type' && words.length > 1)) continue;
    const isRenamed = words[at + 1] === 'as' && words[at + 2] !== undefined;
    pairs.push([name, isRenamed ? (words[at + 2] as string) : name]);
    if (isRenamed) at += 2;
  }
  return pairs;
}

const DECLARES = new Set(['let', 'const', 'var']);
const TAKES_PARENTHESES = new Set(['if', 'while', 'for', 'switch', 'with']);

/** The names that a text may declare itself: rather one too many, for what it declares is not what it captures. */
export function declaredIn(list: readonly Token[]): Set<string> {
  const declared = new Set<string>();
  const add = (token: Token | undefined): void => {
    if (token?.kind === 'name') declared.add(token.value);
  };
  list.forEach(({ value }, at) => {
    if (DECLARES.has(value) && !isMember(list, at)) addPattern(declared, list, at + 1);
    else if (value === 'function' || value === 'class') add(list[at + 1]);
    else if (value === '=>') add(list[at - 1]);
    else if (value === '(' && !TAKES_PARENTHESES.has(valueAt(list, at - 1))) addParameters(declared, list, at);
  });
  return declared;
}

function addPattern(declared: Set<string>, list: readonly Token[], from: number): void {
  for (let at = from; at < list.length && !endsPattern(list, at, from); at++) {
    const { kind, value } = list[at] as Token;
    if (kind === 'name' && (at === from || isListed(list, at))) declared.add(value);
  }
}

function endsPattern(list: readonly Token[], at: number, from: number): boolean {
  const { kind, value, startsLine } = list[at] as Token;
  if (value === ';' || value === 'of' || value === 'in') return true;
  return startsLine && at > from && kind === 'name' && !isListed(list, at);
}

/** Whether a name stands where one is declared: after one of `, { [ : ...`. */
function isListed(list: readonly Token[], at: number): boolean {
  return /^(?:[,{[:]|\.{3})$/.test(valueAt(list, at - 1));
}

/** In parentheses before a body or an arrow are parameters. */
function addParameters(declared: Set<string>, list: readonly Token[], at: number): void {
  const end = afterBracket(list, at);
  const next = list[end]?.value;
  if (next !== '{' && next !== '=>') return;
  for (let index = at + 1; index < end; index++) {
    const token = list[index] as Token;
    if (token.kind === 'name' && (index === at + 1 || isListed(list, index))) declared.add(token.value);
  }
}
