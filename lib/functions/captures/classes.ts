import { performance } from 'node:perf_hooks';

import { readGraph } from './graph.ts';
import { readerOfThread, whyBlind } from './thread-reader.ts';

/** Ms between two readings of a class. */
const INTERVAL = 1000;

const codes = new WeakMap<object, { readonly digest: string; readonly until: number }>();

/** Changes with the code of a class and with what that captures. */
export function codeOf(constructor: object): string {
  const known = codes.get(constructor);
  if (known !== undefined && performance.now() < known.until) return known.digest;
  const digest = codeNow(constructor);
  if (!digest.startsWith(UNREADABLE)) codes.set(constructor, { digest, until: performance.now() + INTERVAL });
  return digest;
}

const UNREADABLE = 'unreadable ';

/** The same of any function, at this moment. Of one that cannot be read now it is another one each time; nothing where none ever can. */
export function codeNow(fn: object): string {
  const reader = readerOfThread();
  if (reader === undefined && whyBlind() !== undefined) return '';
  const graph = reader && readGraph(reader, [fn], { code: true, values: true, ignore: new Set() });
  return graph?.digest ?? `${UNREADABLE}${performance.now()} ${Math.random()}`;
}
