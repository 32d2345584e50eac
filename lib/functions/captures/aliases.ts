/** Variables that stand for a container: `memo` after `const memo = this.memo;`, or `const { memo } = this;`. */

import { declaredIn, endOfStatement, endOfValue, following, partsIn } from './syntax.ts';
import { afterBracket, closes, isMember, pathAt, valueAt, type Token } from './tokens.ts';

/** What a variable stands for in a part of a text. */
interface Alias {
  readonly name: string;
  /** A name and the members that lead to the container. */
  readonly path: readonly string[];
  readonly from: number;
  readonly to: number;
}

const DECLARES = /^(?:const|let|var)$/;
/** What may follow a container that a variable is to stand for: a line, a list, another one where there is none. */
const FOLLOWS = new Set(['', ';', ',', ')', '}', '||', '??']);
/** An alias of an alias, and so on. */
const MOST = 5;

/** The aliases among names that are asked for. What is assigned or declared anew may stand for something else, and is none. */
export function aliasesIn(
  list: readonly Token[],
  asked: Iterable<string>,
  isAssigned: (at: number) => boolean,
): readonly Alias[] {
  const wanted = new Set(asked);
  const aliases: Alias[] = [];
  // From the end, for what an alias is of may be one itself.
  for (let at = list.length - 1; at >= 0 && wanted.size > 0; at--) {
    if (!DECLARES.test(valueAt(list, at)) || isMember(list, at)) continue;
    for (const written of writtenIn(list, at).filter(({ name }) => wanted.has(name))) {
      const alias = { ...written, to: endOfBlock(list, written.from) };
      if (!isSteady(list, alias, isAssigned)) continue;
      aliases.push(alias);
      wanted.add(alias.path[0] as string);
    }
  }
  return aliases;
}

/** The path of the container that a path stands for at a place; the path itself where it stands for nothing else. */
export function resolve(aliases: readonly Alias[], path: readonly string[], at: number): readonly string[] {
  let [resolved, place] = [path, at];
  for (let depth = 0; depth < MOST; depth++) {
    const [name = '', ...members] = resolved;
    const alias = aliasAt(aliases, name, place);
    if (alias === undefined) break;
    [resolved, place] = [[...alias.path, ...members], alias.from - 1];
  }
  return resolved;
}

function aliasAt(aliases: readonly Alias[], name: string, at: number): Alias | undefined {
  return aliases.find((one) => one.name === name && one.from <= at && at < one.to);
}

type Written = Omit<Alias, 'to'>;

/** Those of a statement that declares variables. */
function writtenIn(list: readonly Token[], statement: number): readonly Written[] {
  const starts = partsIn(list, statement + 1, endOfStatement(list, statement));
  return starts.flatMap((start) => writtenAt(list, start));
}

function writtenAt(list: readonly Token[], start: number): readonly Written[] {
  const isPattern = valueAt(list, start) === '{';
  const equals = isPattern ? afterBracket(list, start) : start + 1;
  const root = list[equals + 1];
  if (valueAt(list, equals) !== '=' || root?.kind !== 'name') return [];
  const { members, end } = pathAt(list, equals + 1);
  if (!FOLLOWS.has(valueAt(list, end)) && endOfValue(list, equals) !== end) return [];
  const path = [root.value, ...members];
  if (!isPattern) return [{ name: valueAt(list, start), path, from: end }];
  return pairsOfPattern(list, start + 1, equals - 1).map(([member, name]) => ({
    name,
    path: [...path, member],
    from: end,
  }));
}

/** The members and variables of a pattern; those of patterns in it, and what is left over, are copies or elements. */
function pairsOfPattern(list: readonly Token[], from: number, to: number): readonly (readonly [string, string])[] {
  return partsIn(list, from, to).flatMap((at): (readonly [string, string])[] => {
    const [name, next, after] = [list[at] as Token, valueAt(list, at + 1), list[at + 2]];
    if (name.kind !== 'name') return [];
    if (next !== ':') return [[name.value, name.value]];
    return after?.kind === 'name' ? [[name.value, after.value]] : [];
  });
}

/** The place of the bracket that closes the block around a place. */
function endOfBlock(list: readonly Token[], from: number): number {
  let at = from;
  while (at < list.length && !closes((list[at] as Token).kind, valueAt(list, at))) at = following(list, at);
  return at;
}

function isSteady(list: readonly Token[], { name, from, to }: Alias, isAssigned: (at: number) => boolean): boolean {
  if (declaredIn(list.slice(from, to)).has(name)) return false;
  for (let at = from; at < to; at++)
    if (valueAt(list, at) === name && !isMember(list, at) && isAssigned(at)) return false;
  return true;
}
