/** Which captured variables differ from those of a stored entry. */

import type { CachedCalls } from '../cached-calls.ts';
import type { Graph } from '../captures/graph.ts';
import type { Capture, PastValue } from '../captures/walk.ts';

/** What is known of a function when a call of it is explained. */
export interface KnownCaptures {
  readonly graph: Graph;
  /** In the order of the captures of the graph. */
  readonly fingerprints: readonly number[];
  /** What numbers, booleans and short texts were when this process had the identity of the entry. */
  readonly past: readonly PastValue[] | undefined;
}

/** More differences than this are only counted. */
const MAX_NAMED = 3;
const WHICH = 0xffff_0000;

/** What is known of a function for the explanation of an entry of an identity; undefined where nothing shows what it captures. */
export function capturesKnownTo(calls: CachedCalls, identity: string): KnownCaptures | undefined {
  const { moment, fingerprints } = calls.read();
  const { graph } = moment;
  return graph && { graph, fingerprints: fingerprints.ofCaptures(), past: calls.live.pastOf(identity) };
}

/** What differs, in words; undefined where it cannot be told. */
export function changesInWords(known: KnownCaptures, stored: readonly number[]): string | undefined {
  const { graph, fingerprints } = known;
  const all = fingerprints.map((value, at) => ({ value, capture: graph.captures[at] as Capture }));
  const changed = all.filter(({ value }) => !stored.includes(value));
  const owners = new Set(changed.map(({ capture }) => capture.of));
  // A function that captures what has changed has changed by that alone.
  const causes = changed.filter(
    ({ capture: { kind, name, of } }) => kind !== 'function' || name === of || !owners.has(name),
  );
  const words = causes.slice(0, MAX_NAMED).map(({ value, capture }) => inWords(known, capture, isNew(value, stored)));
  const more = causes.length - words.length;
  const which = new Set(all.map(({ value }) => value & WHICH));
  const gone = stored.some((value) => !which.has(value & WHICH))
    ? ['something that it captured is captured no more']
    : [];
  return [...words, ...(more > 0 ? [`${more} more have changed`] : []), ...gone].join('; ') || undefined;
}

function isNew(value: number, stored: readonly number[]): boolean {
  return stored.every((one) => (one & WHICH) !== (value & WHICH));
}

function inWords({ graph, past }: KnownCaptures, capture: Capture, isFirst: boolean): string {
  const { name, of, kind, at } = capture;
  const what = kind === 'function' ? name : `the variable ${name} of ${of}`;
  return `${what}${placeInWords(graph.placeOf(at))} ${isFirst ? 'is captured only now' : changeInWords(capture, past)}`;
}

function placeInWords(place: ReturnType<Graph['placeOf']>): string {
  if (place === undefined) return '';
  return place.file === undefined ? ` (line ${place.line})` : ` (${place.file}:${place.line})`;
}

function changeInWords({ name, of, value }: Capture, past: KnownCaptures['past']): string {
  const before = past?.find((one) => one.name === name && one.of === of);
  const isKnown = before?.value !== undefined && value !== undefined;
  return isKnown ? `was ${JSON.stringify(before.value)}, is ${JSON.stringify(value)}` : 'has changed';
}
