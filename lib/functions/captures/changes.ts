/** What the text of a function changes. */

import { aliasesIn, resolve } from './aliases.ts';
import { declaredIn } from './syntax.ts';
import { afterBracket, isMember, pathAt, valueAt, type Path, type Token } from './tokens.ts';

/** What a text assigns and changes. */
export interface Changes {
  /** The names that it assigns and does not declare itself. */
  readonly assigned: ReadonlySet<string>;
  /** What it changes, each as a name and the members that lead to it; the last one after `=` is a member that is assigned. */
  readonly changed: readonly Change[];
}

/** A container that is changed by a call (`names.push()`), or the member of one that is assigned (`counters.all = 1`). */
export interface Change {
  readonly path: readonly string[];
  /** Undefined: all of the container. */
  readonly member: string | undefined;
}

/** A name in a text, and the members after it. */
export interface Mention {
  readonly at: number;
  readonly path: Path;
}

const CHANGES = new Set('set add delete clear push pop shift unshift splice sort reverse fill copyWithin'.split(' '));
/** Functions of the language that change their first argument. */
const CHANGES_FIRST =
  /^(?:Object\.(?:assign|definePropert(?:y|ies))|Reflect\.(?:set|defineProperty|deleteProperty)|Atomics\.(?:add|and|compareExchange|exchange|or|store|sub|xor))$/;
const ASSIGNS = /^(?:\+\+|--|(?:[+\-*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=)$/;
/** Signs that change what follows them. */
const CHANGES_NEXT = new Set(['++', '--', 'delete']);

/** What is found at the names of a text. */
interface Found {
  readonly assigned: Set<string>;
  readonly changed: (Change & { readonly at: number })[];
}

/** What is assigned and changed where names stand. What is changed under another name is what that stands for. */
export function changesIn(list: readonly Token[], mentions: readonly Mention[]): Changes {
  const found: Found = { assigned: new Set(), changed: [] };
  for (const mention of mentions) addChange(found, list, mention);
  const { assigned, changed } = found;
  for (const name of declaredIn(list)) assigned.delete(name);
  const names = changed.map(({ path: [name = ''] }) => name);
  const aliases = aliasesIn(list, names, (at) => isAssigned(list, at, at + 1));
  const initial = constructorOf(list);
  return {
    assigned,
    changed: changed.flatMap(({ path, member, at }) => {
      const resolved = resolve(aliases, path, at);
      const isInitial = resolved[0] === 'this' && at > initial.from && at < initial.to;
      return isInitial ? [] : [{ path: resolved, member }];
    }),
  };
}

function addChange(changes: Found, list: readonly Token[], { at, path }: Mention): void {
  const { members, end } = path;
  const name = valueAt(list, at);
  if (valueAt(list, end) !== '(') {
    addAssignment(changes, list, { at, path });
  } else if (CHANGES_FIRST.test(`${name}.${members.join('.')}`)) {
    changes.changed.push({ at, path: [valueAt(list, end + 1), ...pathAt(list, end + 1).members], member: undefined });
  } else if (CHANGES.has(members.at(-1) ?? '')) {
    changes.changed.push({ at, path: [name, ...members.slice(0, -1)], member: undefined });
  }
}

function addAssignment({ assigned, changed }: Found, list: readonly Token[], { at, path }: Mention): void {
  const { members, end } = path;
  const name = valueAt(list, at);
  const isComputed = valueAt(list, end) === '[';
  if (!isAssigned(list, at, isComputed ? afterBracket(list, end) : end)) return;
  const last = members.at(-1);
  if (isComputed) changed.push({ at, path: [name, ...members], member: undefined });
  else if (last === undefined) assigned.add(name);
  else changed.push({ at, path: [name, ...members.slice(0, -1)], member: last });
}

/** Whether something that stands between two places is assigned. */
function isAssigned(list: readonly Token[], from: number, to: number): boolean {
  return isAssignment(list[to]) || CHANGES_NEXT.has(valueAt(list, from - 1));
}

/** On a line of its own `++` belongs to what follows. */
function isAssignment(token: Token | undefined): boolean {
  if (token?.kind !== 'punctuator' || !ASSIGNS.test(token.value)) return false;
  return !(token.startsLine && (token.value === '++' || token.value === '--'));
}

/** Where the constructor of a class begins and ends: there fields get their first values. */
function constructorOf(list: readonly Token[]): { readonly from: number; readonly to: number } {
  const at = list.findIndex(
    ({ value }, index) => value === 'constructor' && list[index + 1]?.value === '(' && !isMember(list, index),
  );
  if (at === -1 || list[0]?.value !== 'class') return { from: -1, to: -1 };
  return { from: at, to: afterBracket(list, afterBracket(list, at + 1)) };
}
