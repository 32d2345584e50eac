import { keysIn } from './syntax.ts';
import { afterBracket, isMember, joinTokens, tokensOf, type Token } from './tokens.ts';

/** What the text of a function says about itself. */
export interface TextFacts {
  /** The text without comments, and without blanks that separate nothing. */
  readonly text: string;
  /** The names that may be captured, each with the members that alone are used of it; undefined: all of it is. */
  readonly names: ReadonlyMap<string, ReadonlySet<string> | undefined>;
  /** Whether any name may be captured: the text has `eval`, an escape in a name, or cannot be told apart for certain. */
  readonly all: boolean;
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

const CHANGES = new Set('set add delete clear push pop shift unshift splice sort reverse fill copyWithin'.split(' '));
/** Functions of the language that change their first argument. */
const CHANGES_FIRST =
  /^(?:Object\.(?:assign|definePropert(?:y|ies))|Reflect\.(?:set|defineProperty|deleteProperty)|Atomics\.(?:add|and|compareExchange|exchange|or|store|sub|xor))$/;
const ASSIGNS = /^(?:\+\+|--|(?:[+\-*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=)$/;
/** The counters of istanbul and Stryker. */
const COUNTERS = /^(?:cov_\w+|stry(?:Cov|NS|MutAct)_\w+)$/;
/** Signs that change what follows them. */
const CHANGES_NEXT = new Set(['++', '--', 'delete']);
const DECLARES = new Set(['let', 'const', 'var']);
const TAKES_PARENTHESES = new Set(['if', 'while', 'for', 'switch', 'with']);

/** Those of texts that were read last. */
const known = new Map<string, TextFacts>();
const MAX_KNOWN = 1000;

/** Reads the text of a function or class. */
export function factsOf(text: string): TextFacts {
  let facts = known.get(text);
  if (facts === undefined) {
    facts = readFacts(text);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, facts);
  }
  return facts;
}

function readFacts(text: string): TextFacts {
  const { list, unsure } = tokensOf(text);
  if (unsure) return unsureFacts(text);
  const names = new Map<string, Set<string> | undefined>();
  const assigned = new Set<string>();
  const changed: Change[] = [];
  const [initial, keys] = [constructorOf(list), keysIn(list)];
  let all = false;
  list.forEach((token, at) => {
    if (token.kind !== 'name' || isMember(list, at) || keys.has(at)) return;
    all ||= token.value === 'eval' || token.value.includes('\\');
    if (COUNTERS.test(token.value)) return;
    const path = pathAt(list, at);
    addName(names, token.value, path);
    const isInitial = token.value === 'this' && at > initial.from && at < initial.to;
    if (!isInitial) addChange({ assigned, changed }, list, { at, path });
  });
  for (const name of declaredIn(list)) assigned.delete(name);
  return { text: joinTokens(list), names, all, assigned, changed };
}

/** Every run of letters in it may be a name. */
function unsureFacts(text: string): TextFacts {
  const names = new Map<string, undefined>();
  for (const [name] of text.matchAll(/[$_\p{ID_Start}][$\u200C\u200D\p{ID_Continue}]*/gu)) names.set(name, undefined);
  return { text, names, all: text.includes('\\u') || names.has('eval'), assigned: new Set(), changed: [] };
}

/** The members after a name, and where they end: `['a', 'b']` in `name.a.b`. */
interface Path {
  readonly members: readonly string[];
  readonly end: number;
}

/** A name in a text, and the members after it. */
interface Mention {
  readonly at: number;
  readonly path: Path;
}

function pathAt(list: readonly Token[], at: number): Path {
  const members: string[] = [];
  let end = at + 1;
  for (let next = list[end + 1]; next !== undefined && isMember(list, end + 1); next = list[end + 1]) {
    if (next.kind !== 'name' && !next.value.startsWith('#')) break;
    members.push(next.value);
    end += 2;
  }
  return { members, end };
}

function addName(names: Map<string, Set<string> | undefined>, name: string, { members }: Path): void {
  // What a CommonJS module exports is looked at as if it were captured under its own name.
  const [first, second] = members;
  const member = name === 'module' && first === 'exports' && second !== undefined ? `exports.${second}` : first;
  const before = names.get(name);
  if (member === undefined || (names.has(name) && before === undefined)) names.set(name, undefined);
  else names.set(name, (before ?? new Set()).add(member));
}

interface Changes {
  readonly assigned: Set<string>;
  readonly changed: Change[];
}

function addChange(changes: Changes, list: readonly Token[], { at, path }: Mention): void {
  const { members, end } = path;
  const name = valueAt(list, at);
  if (valueAt(list, end) !== '(') {
    addAssignment(changes, list, { at, path });
  } else if (CHANGES_FIRST.test(`${name}.${members.join('.')}`)) {
    changes.changed.push({ path: [valueAt(list, end + 1), ...pathAt(list, end + 1).members], member: undefined });
  } else if (CHANGES.has(members.at(-1) ?? '')) {
    changes.changed.push({ path: [name, ...members.slice(0, -1)], member: undefined });
  }
}

function addAssignment({ assigned, changed }: Changes, list: readonly Token[], { at, path }: Mention): void {
  const { members, end } = path;
  const name = valueAt(list, at);
  const isComputed = valueAt(list, end) === '[';
  const after = isComputed ? list[afterBracket(list, end)] : list[end];
  if (!isAssignment(after) && !CHANGES_NEXT.has(valueAt(list, at - 1))) return;
  const last = members.at(-1);
  if (isComputed) changed.push({ path: [name, ...members], member: undefined });
  else if (last === undefined) assigned.add(name);
  else changed.push({ path: [name, ...members.slice(0, -1)], member: last });
}

const valueAt = (list: readonly Token[], at: number): string => list[at]?.value ?? '';

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

/** The names that a text may declare itself: rather one too many, for what it declares is not what it captures. */
function declaredIn(list: readonly Token[]): Set<string> {
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
