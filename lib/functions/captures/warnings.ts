/** What the process is warned of, once for each function: captured variables that keep values from being of use. */

import process from 'node:process';

import type { Graph } from './graph.ts';
import type { Capture } from './walk.ts';

/** What a warning is about. */
export interface WarnedFunction {
  readonly fn: object;
  readonly name: string;
}

const warned = new WeakSet<object>();

/** Warns once of a function. */
export function warnOnce(fn: object, message: string): void {
  if (warned.has(fn)) return;
  warned.add(fn);
  process.emitWarning(message, { type: 'TempCacheWarning', code: 'TEMPCACHE_CAPTURES' });
}

/** Warns that a function captured something else when its promise had settled than when it was called. */
export function warnOfChange({ fn, name }: WarnedFunction, before: Graph | undefined, after: Graph | undefined): void {
  if (before === undefined || after === undefined) return;
  const [changed] = changedBetween(before, after).filter(({ kind }) => kind !== 'function');
  if (changed === undefined) return;
  const what = `"${changed.name}"${placeIn(after, changed)}, which was changed while its promise was pending`;
  warnOnce(
    fn,
    `A value of the function "${name}" was not stored: it captures ${what}. Pass it as an argument; or, where the value does not ` +
      `depend on it, wrap the function with { captures: { ignore: ['${changed.name}'] } }`,
  );
}

/** Warns that a function captures variables that have another value in each process. */
export function warnOfRuns({ fn, name }: WarnedFunction, graph: Graph, captures: readonly Capture[]): void {
  const [first] = captures;
  if (first === undefined) return;
  const names = captures.map((capture) => `'${capture.name}'`).join(', ');
  warnOnce(
    fn,
    `The function "${name}" is computed anew in each process: it captures "${first.name}"${placeIn(graph, first)}, which had another ` +
      `value in each of the last three that stored one, though no file was changed. Say with { captures: { ignore: [${names}] } } that it does not ` +
      'count, or pass it as an argument',
  );
}

/** What has changed between two readings. */
export function changedBetween(before: Graph, after: Graph): readonly Capture[] {
  const known = new Map(before.captures.map((capture) => [keyOf(capture), capture.fingerprint]));
  return after.captures.filter((capture) => known.get(keyOf(capture)) !== capture.fingerprint);
}

function keyOf({ of, name }: Capture): string {
  return `${of} ${name}`;
}

function placeIn(graph: Graph, { at }: Capture): string {
  const place = graph.placeOf(at);
  return place?.file === undefined ? '' : ` (${place.file}:${place.line})`;
}
