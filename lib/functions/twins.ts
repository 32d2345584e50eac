import { perScope } from '../runtime/per-store.ts';
import type { Graph } from './captures/graph.ts';
import type { Identity } from './identity.ts';
import type { AnyFunction } from './source.ts';

/** How many are remembered: a program may make functions for as long as it runs. */
const MOST_HOLDERS = 50_000;

/** Functions whose captures show nothing of their inside, by what they count as; those that came first go first. */
const holdersOf: (scope: string | object) => Map<string, Holder> = perScope(() => new Map());

/** The function that came first, and what it holds, by numbers: it may be gone, and its entries stay. */
interface Holder {
  readonly fn: number;
  readonly held: readonly number[];
  /** Undefined where the digest says it. */
  readonly text: string | undefined;
  readonly script: string;
  readonly line: number;
}

const numbers = new WeakMap<object, number>();
let last = 0;

/** The number of an object, which no other one of this process ever has. */
function numberOf(object: object): number {
  let number = numbers.get(object);
  if (number === undefined) numbers.set(object, (number = ++last));
  return number;
}

interface Claiming {
  readonly fn: AnyFunction;
  readonly digest: string;
  readonly graph: Graph;
  readonly identity: Identity;
}

/**
 * Why a function has to do without the cache: another one counts as the same, and holds other objects, or has another text under one
 * version. An empty text where there is nothing to warn of: its module was evaluated again, and this is the older function.
 * Undefined where it may share the entries of the first one.
 */
export function claimGraph(scope: string | object, claiming: Claiming): string | undefined {
  const { fn, digest, graph, identity } = claiming;
  if (graph.held.length === 0 && !identity.versioned) return undefined;
  const holders = holdersOf(scope);
  const first = holders.get(digest);
  const difference = first === undefined || first.fn === numberOf(fn) ? undefined : differenceFrom(first, claiming);
  if (first === undefined || difference === undefined || isEvaluatedAgain(first, graph)) {
    remember(holders, digest, holderOf(claiming));
    return undefined;
  }
  if (isOlder(graph, first)) return '';
  const [place, other] = [graph, first].map(
    ({ script, line }) => `${graph.fileOf(script) ?? 'a script without a file'}:${line}`,
  );
  return (
    `The function "${identity.name}" (${place}) goes without the cache: ${difference} than the one of the same text that was ` +
    `called first (${other}). Wrap the function once; or pass as an argument what differs; or say with { sameEverywhere: true } ` +
    'that both give the same, or with { deps: [...] } what they differ in'
  );
}

function remember(holders: Map<string, Holder>, digest: string, holder: Holder): void {
  holders.set(digest, holder);
  const [oldest] = holders.size > MOST_HOLDERS ? holders.keys() : [];
  if (oldest !== undefined) holders.delete(oldest);
}

function holderOf({ fn, graph: { held, script, line }, identity: { versioned, source } }: Claiming): Holder {
  const text = versioned ? source.text : undefined;
  return { fn: numberOf(fn), held: held.map(({ object }) => numberOf(object)), text, script, line };
}

function differenceFrom(first: Holder, { graph: { held }, identity }: Claiming): string | undefined {
  if (identity.versioned && first.text !== identity.source.text) return 'it has another text under the same version';
  const other = held.find(({ object }, at) => first.held[at] !== numberOf(object));
  return other && `it captures another "${other.name}"`;
}

/** The newer function of a file takes over: hot reload, or a test runner, has evaluated its module again. */
function isEvaluatedAgain(first: Holder, graph: Graph): boolean {
  const { script, line, isOfModule } = graph;
  if (first.script === script) return isOfModule && first.line === line;
  return isOfFile(first, graph) && Number(script) > Number(first.script);
}

function isOlder(graph: Graph, first: Holder): boolean {
  return first.script !== graph.script && isOfFile(first, graph);
}

function isOfFile(first: Holder, { script, fileOf }: Graph): boolean {
  const path = fileOf(script);
  return path !== undefined && path === fileOf(first.script);
}
