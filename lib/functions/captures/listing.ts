/** What a function depends on, as its user is told. */

import type { CapturesRule } from '../../options/dependencies.ts';
import type { Graph } from './graph.ts';
import { whyBlind } from './thread-reader.ts';
import type { Capture, CaptureKind } from './walk.ts';

/** A variable that a function captures, or one that it reaches through others. */
export interface CapturedVariable {
  readonly name: string;
  /** The function that captures it. */
  readonly of: string;
  /** As what it counts. */
  readonly kind: CaptureKind;
  /** The same in words. */
  readonly why: string;
  /** Where a function stands, and for other values where the function stands that captures them; undefined where it is not known. */
  readonly file: string | undefined;
  readonly line: number | undefined;
  /** Eight hex characters: others where it counts as something else. */
  readonly fingerprint: string;
  /** A number, a boolean or a short text; undefined for all else. */
  readonly value: unknown;
}

/** What a function depends on. */
export interface FunctionCaptures {
  /** The rule that holds: that of the option `captures`, or `'off'` where nothing shows what functions capture. */
  readonly rule: CapturesRule['mode'];
  /** What counts, in words. */
  readonly message: string;
  /** What it captures, each followed by what that captures. */
  readonly captures: readonly CapturedVariable[];
}

const WHY: Readonly<Record<CaptureKind, string>> = {
  function: 'its text and all that it captures count',
  value: 'its content counts',
  opaque: 'nothing shows all of its inside: the file that declares it counts, and all that its declaration names',
  state: 'functions change it: the file that declares it counts, not what it holds',
  node: 'it is of Node: its name counts',
  unseen: 'what declares it was not found: say with `deps` what it stands for',
  uninitialized: 'it had no value yet',
};

/** Lists what was read; `graph` is undefined where nothing was. */
export function listCaptures(
  { graph, refusal }: { readonly graph: Graph | undefined; readonly refusal: string | undefined },
  { mode }: CapturesRule,
): FunctionCaptures {
  if (graph === undefined) {
    const why = refusal ?? whyBlind();
    const message = `Its name and its text count${why === undefined ? '' : `: ${why}`}.`;
    return { rule: why === undefined ? mode : 'off', message, captures: [] };
  }
  const captures = graph.captures.map((capture) => variableOf(graph, capture));
  return { rule: mode, message: messageOf(graph, mode, refusal), captures };
}

function messageOf({ isTooLarge }: Graph, mode: CapturesRule['mode'], refusal: string | undefined): string {
  if (refusal !== undefined && refusal !== '') return refusal;
  if (isTooLarge) {
    return 'It reaches more than 300 functions, which are not followed: its own text counts, and the content of all files that were met.';
  }
  const what = mode === 'code' ? 'the functions and classes that it captures' : 'what it captures';
  return `Its name, its text and ${what} count.`;
}

function variableOf(graph: Graph, { name, of, kind, at, fingerprint, value }: Capture): CapturedVariable {
  const place = graph.placeOf(at);
  return { name, of, kind, why: WHY[kind], file: place?.file, line: place?.line, fingerprint, value };
}
