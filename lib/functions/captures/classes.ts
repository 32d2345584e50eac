import { performance } from 'node:perf_hooks';

import { readGraph } from './graph.ts';
import { readerOfThread, whyBlind } from './thread-reader.ts';

/** Ms between two readings of a class. */
const INTERVAL = 1000;

const codes = new WeakMap<object, { readonly digest: string; readonly until: number }>();

/** Changes with the code of a class and with what that captures. Of a class that cannot be read now it is another one each time; nothing where none ever can. */
export function codeOf(constructor: object): string {
  const known = codes.get(constructor);
  if (known !== undefined && performance.now() < known.until) return known.digest;
  const reader = readerOfThread();
  if (reader === undefined && whyBlind() !== undefined) return '';
  const graph = reader && readGraph(reader, [constructor], { code: true, values: true, ignore: new Set() });
  if (graph === undefined) return `unreadable ${performance.now()} ${Math.random()}`;
  codes.set(constructor, { digest: graph.digest, until: performance.now() + INTERVAL });
  return graph.digest;
}
