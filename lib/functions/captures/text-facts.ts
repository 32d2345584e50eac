import { changesIn, type Changes, type Mention } from './changes.ts';
import { keysIn } from './syntax.ts';
import { isMember, joinTokens, pathAt, tokensOf, type Path } from './tokens.ts';

/** What the text of a function says about itself. */
export interface TextFacts extends Changes {
  /** The text without comments, and without blanks that separate nothing. */
  readonly text: string;
  /** The names that may be captured, each with the members that alone are used of it; undefined: all of it is. */
  readonly names: ReadonlyMap<string, ReadonlySet<string> | undefined>;
  /** Whether any name may be captured: the text has `eval`, an escape in a name, or cannot be told apart for certain. */
  readonly all: boolean;
}

/** The counters of istanbul and Stryker. */
const COUNTERS = /^(?:cov_\w+|stry(?:Cov|NS|MutAct)_\w+)$/;
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
  const mentions: Mention[] = [];
  const keys = keysIn(list);
  let all = false;
  list.forEach((token, at) => {
    if (token.kind !== 'name' || isMember(list, at) || keys.has(at)) return;
    all ||= token.value === 'eval' || token.value.includes('\\');
    if (COUNTERS.test(token.value)) return;
    const path = pathAt(list, at);
    addName(names, token.value, path);
    mentions.push({ at, path });
  });
  return { text: joinTokens(list), names, all, ...changesIn(list, mentions) };
}

/** Every run of letters in it may be a name. */
function unsureFacts(text: string): TextFacts {
  const names = new Map<string, undefined>();
  for (const [name] of text.matchAll(/[$_\p{ID_Start}][$\u200C\u200D\p{ID_Continue}]*/gu)) names.set(name, undefined);
  return { text, names, all: text.includes('\\u') || names.has('eval'), assigned: new Set(), changed: [] };
}

function addName(names: Map<string, Set<string> | undefined>, name: string, { members }: Path): void {
  // What a CommonJS module exports is looked at as if it were captured under its own name.
  const [first, second] = members;
  const member = name === 'module' && first === 'exports' && second !== undefined ? `exports.${second}` : first;
  const before = names.get(name);
  if (member === undefined || (names.has(name) && before === undefined)) names.set(name, undefined);
  else names.set(name, (before ?? new Set()).add(member));
}
