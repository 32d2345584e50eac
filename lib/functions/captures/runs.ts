/** Finds captured variables of modules that have another value in each process, by a note for each function. */

import { Buffer } from 'node:buffer';

import { RUNS_PREFIX } from '../../common/ids.ts';
import { readHead } from '../../records/frame.ts';
import { encodeNoteRecord } from '../../records/note.ts';
import type { Clock } from '../../records/freshness.ts';
import { carryOutInBackground } from '../../runtime/background.ts';
import { perScope } from '../../runtime/per-store.ts';
import { carryOutSync, step, type Steps } from '../../runtime/steps.ts';
import type { PeekedRecord, Store } from '../../stores/store.ts';
import type { Graph } from './graph.ts';
import { digestOf, type Capture } from './walk.ts';
import { warnOfRuns, type WarnedFunction } from './warnings.ts';

/** What the note of a function is about. */
export interface Run extends WarnedFunction {
  readonly store: Store;
  readonly graph: Graph;
  /** The files in which the function was wrapped. */
  readonly places: readonly string[];
  /** A digest of the content of its files; undefined where that is not known. */
  readonly code: () => string | undefined;
  readonly now: Clock;
}

/** After so many processes it is no accident. */
const PROCESSES = 3;
const MAX_VARIABLES = 32;

/** The values of variables in the last processes, as fingerprints, the latest last; those of other code are of no use. */
interface Note {
  readonly code: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** The notes that this process has written: it counts once. */
const writtenOf = perScope(() => new Set<string>());

/**
 * Writes down what the variables of its modules are that a function captures, once in a process, and warns of those that are always
 * others. Never throws.
 */
export function noteRunOnce(run: Run): void {
  const { name, places, store, graph } = run;
  const written = writtenOf(store.scope);
  const owner = [name, ...places].join('\0');
  if (written.has(owner)) return;
  written.add(owner);
  const variables = graph.captures.filter(({ kind, isOfModule }) => kind === 'value' && isOfModule);
  if (variables.length === 0) return;
  const steps = noteRun(run, variables.slice(0, MAX_VARIABLES));
  try {
    if (store.kind === 'sync') carryOutSync(steps);
    else carryOutInBackground(steps).catch(() => undefined);
  } catch {
    // Then this process does not count.
  }
}

/** @throws what the store throws */
function* noteRun({ store, graph, now, ...run }: Run, variables: readonly Capture[]): Steps<void> {
  const code = run.code();
  if (code === undefined) return;
  const id = RUNS_PREFIX + digestOf([run.name, run.places]).slice(0, 64 - RUNS_PREFIX.length);
  const before = readNote(id, yield* step<PeekedRecord | undefined>(store.peek(id)));
  const known = before?.code === code ? before.values : {};
  const all = variables.map((capture) => [capture, valuesWith(known, capture)] as const);
  const always = all.filter(([, values]) => values.length >= PROCESSES).map(([capture]) => capture);
  warnOfRuns(run, graph, always);
  const values = Object.fromEntries(all.map(([capture, list]) => [keyOf(capture), list]));
  const text = JSON.stringify({ code, values } satisfies Note);
  if (text === JSON.stringify(before)) return;
  const record = encodeNoteRecord({ id, kind: 'runs', writtenAt: now() }, Buffer.from(text));
  yield* step<void>(store.set(id, record, { expiresAt: Infinity, minor: true }));
}

/** A value that was there before is no new one in each process. */
function valuesWith(known: Note['values'], capture: Capture): readonly string[] {
  const before = known[keyOf(capture)] ?? [];
  const { fingerprint } = capture;
  return before.includes(fingerprint) ? [fingerprint] : [...before, fingerprint].slice(-PROCESSES);
}

function keyOf({ of, name }: Capture): string {
  return `${of} ${name}`;
}

/** Undefined for what is no such note. */
function readNote(id: string, peeked: PeekedRecord | undefined): Note | undefined {
  try {
    if (peeked === undefined) return undefined;
    const { length } = readHead(peeked.head, id);
    const { code, values } = JSON.parse(Buffer.from(peeked.head.subarray(length)).toString()) as Note;
    const isNote = typeof code === 'string' && Object.values(values).every((list) => Array.isArray(list));
    return isNote ? { code, values } : undefined;
  } catch {
    return undefined;
  }
}
