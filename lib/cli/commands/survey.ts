import { isMisuse, type ExitCode } from '../command.ts';
import type { Context } from '../context.ts';
import { choose, rootOf, type Chosen } from './select.ts';

/** Which cache something was found in. */
export interface Place {
  readonly name: string;
  readonly path: string;
}

/** A cache that could not be worked on. */
export interface Trouble extends Place {
  readonly problem: string;
}

/** What came of work on one or all caches. */
export interface Survey<T> {
  readonly caches: readonly (Place & T)[];
  readonly problems: readonly Trouble[];
}

/**
 * Does the same with the cache of that name, or with all below the root. Of many, one that cannot be worked on is
 * reported and does not stop the others; a single one throws, and so does an option that cannot be meant.
 */
export function survey<T>(context: Context, name: string | undefined, work: (chosen: Chosen) => T): Survey<T> {
  const caches: (Place & T)[] = [];
  const problems: Trouble[] = [];
  for (const chosen of choose(context, name)) {
    const place = { name: chosen.name, path: chosen.path };
    try {
      if (chosen.problem !== undefined) throw new Error(chosen.problem);
      caches.push({ ...place, ...work(chosen) });
    } catch (error) {
      if (name !== undefined || isMisuse(error)) throw error;
      const problem = (error as Error).message;
      problems.push({ ...place, problem });
      context.remark(`tempcache: ${chosen.name}: ${problem}`);
    }
  }
  if (name === undefined && caches.length + problems.length === 0) {
    context.remark(`There are no caches below ${rootOf(context)}.`);
  }
  return { caches, problems };
}

/** 1 where a cache could not be worked on. */
export function codeOf({ problems }: Survey<unknown>): ExitCode {
  return problems.length > 0 ? 1 : 0;
}

/** The sum of one number over all caches. */
export function sumOf<T>(found: readonly T[], valueOf: (one: T) => number): number {
  return found.reduce((sum, one) => sum + valueOf(one), 0);
}
