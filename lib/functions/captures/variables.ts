/** Which names in a statement may be variables. */

import { endOfValue, following, keysIn } from './syntax.ts';
import { afterBracket, isMember, valueAt, type Token } from './tokens.ts';

/** Words that name no variable, in sloppy code neither. */
const RESERVED = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if ' +
    'import in instanceof new null return super switch this throw true try typeof var void while with undefined NaN Infinity ' +
    'arguments'
  ).split(' '),
);
/** Words that are none before another name. */
const MODIFIERS = new Set(
  (
    'get set async await yield static let of as satisfies from type accessor readonly declare abstract override implements ' +
    'interface private protected public'
  ).split(' '),
);

/** After them a word is a variable all the same. */
const OPERATORS = new Set(['in', 'instanceof', 'of', 'as', 'satisfies']);

/** Names that are no words of the language, and name no member, key, method or field. */
export function variablesIn(list: readonly Token[]): readonly string[] {
  const [keys, fields] = [keysIn(list), fieldsIn(list)];
  const names = list.filter(({ kind, value }, at) => {
    if (kind !== 'name' || RESERVED.has(value) || isMember(list, at)) return false;
    return !keys.has(at) && !fields.has(at) && !isMethod(list, at) && !isModifier(list, at);
  });
  return [...new Set(names.map(({ value }) => value))];
}

function isMethod(list: readonly Token[], at: number): boolean {
  // `class A extends mixin(B) {` calls one.
  if (valueAt(list, at + 1) !== '(' || valueAt(list, at - 1) === 'extends') return false;
  const body = list[afterBracket(list, at + 1)];
  return body?.value === '{' && !body.startsLine;
}

function isModifier(list: readonly Token[], at: number): boolean {
  const next = list[at + 1];
  return MODIFIERS.has(valueAt(list, at)) && next?.kind === 'name' && !next.startsLine && !OPERATORS.has(next.value);
}

/** The places of the names of fields: what stands in the body of a class, and not in brackets or in the value of a field. */
function fieldsIn(list: readonly Token[]): ReadonlySet<number> {
  const fields = new Set<number>();
  list.forEach(({ value }, at) => {
    if (value !== 'class' || isMember(list, at)) return;
    let body = at + 1;
    while (body < list.length && valueAt(list, body) !== '{') body = following(list, body);
    for (const field of fieldsOfBody(list, body)) fields.add(field);
  });
  return fields;
}

function* fieldsOfBody(list: readonly Token[], body: number): Generator<number, void> {
  const end = afterBracket(list, body) - 1;
  for (let at = body + 1; at < end;) {
    const { kind, value } = list[at] as Token;
    if (kind === 'name') yield at;
    at = value === '=' ? Math.max(endOfValue(list, at), at + 1) : following(list, at);
  }
}
