import { perScope } from '../runtime/per-store.ts';
import type { Graph } from './captures/graph.ts';
import type { Identity } from './identity.ts';
import type { AnyFunction } from './source.ts';

/** Functions whose captures show nothing of their inside, by what they count as. */
const holdersOf: (scope: string | object) => Map<string, Holder> = perScope(() => new Map());

/** The function that came first, and what it holds. */
interface Holder {
  readonly fn: WeakRef<object>;
  readonly held: readonly WeakRef<object>[];
  readonly text: string;
  readonly script: string;
  readonly line: number;
  readonly file: () => string | undefined;
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
  const difference = first === undefined || first.fn.deref() === fn ? undefined : differenceFrom(first, claiming);
  if (first === undefined || difference === undefined || isEvaluatedAgain(first, graph)) {
    holders.set(digest, holderOf(claiming));
    return undefined;
  }
  if (isOlder(graph, first)) return '';
  const [place, other] = [graph, first].map(({ file, line }) => `${file() ?? 'a script without a file'}:${line}`);
  return (
    `The function "${identity.name}" (${place}) goes without the cache: ${difference} than the one of the same text that was ` +
    `called first (${other}). Wrap the function once; or pass as an argument what differs; or say with { sameEverywhere: true } ` +
    'that both give the same, or with { deps: [...] } what they differ in'
  );
}

function holderOf({ fn, graph: { held, script, line, file }, identity }: Claiming): Holder {
  const refs = held.map(({ object }) => new WeakRef(object));
  return { fn: new WeakRef(fn), held: refs, text: identity.source.text, script, line, file };
}

function differenceFrom(first: Holder, { graph: { held }, identity }: Claiming): string | undefined {
  if (identity.versioned && first.text !== identity.source.text) return 'it has another text under the same version';
  const other = held.find(({ object }, at) => first.held[at]?.deref() !== object);
  return other && `it captures another "${other.name}"`;
}

/** The newer function of a file takes over: hot reload, or a test runner, has evaluated its module again. */
function isEvaluatedAgain(first: Holder, { script, line, file, isOfModule }: Graph): boolean {
  if (first.script === script) return isOfModule && first.line === line;
  return isOfFile(first, file) && Number(script) > Number(first.script);
}

function isOlder({ script, file }: Graph, first: Holder): boolean {
  return first.script !== script && isOfFile(first, file);
}

function isOfFile(first: Holder, file: Graph['file']): boolean {
  const path = file();
  return path !== undefined && path === first.file();
}
