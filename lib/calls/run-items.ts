/** What is different about the item of a generator: its value is all that the generator gave, in an array. */

import { CorruptItemError, invalidArgument, isUnsafeFolder } from '../errors.ts';
import { readHead } from '../records/frame.ts';
import { Manifest, runsOf, type StoredRun } from './manifest.ts';
import type { NotFound, Result } from './plan.ts';
import { Replay } from './replay.ts';
import type { Site } from './site.ts';
import { step, type Steps } from './steps.ts';

/** What was found, with all the items of a run in the place of its manifest. @throws what the store throws */
export function* collected(site: Site, id: string, outcome: Result): Steps<Result | NotFound> {
  if (!(outcome.value instanceof Manifest)) return outcome;
  const replay = new Replay(site, id, outcome.value);
  const items: unknown[] = [];
  try {
    for (;;) {
      const result = yield* replay.next();
      if (result.done === true) return { ...outcome, value: items };
      items.push(result.value);
    }
  } catch (error) {
    if (!(error instanceof CorruptItemError)) throw error;
    return { hit: false, reason: 'corrupt', error };
  }
}

/** The runs whose chunks go with an item that is removed. What cannot be read now is left to `prune`. @throws UnsafeFolderError */
export function* runsToRemove({ shared }: Site, id: string): Steps<readonly StoredRun[]> {
  try {
    const glimpse = yield* step(shared.store.peek(id));
    if (glimpse === undefined || readHead(glimpse.head, id).kind !== 'run') return [];
    const runs = runsOf(yield* step(shared.store.get(id)), id);
    return runs === undefined ? [] : [runs, runs.former];
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return [];
  }
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for the item of a generator, which only a run of it fills */
export function refuseGenerator({ generator, name }: Site, method: string): void {
  if (generator === undefined) return;
  throw invalidArgument(`${method} is not for the items of generators: let ${name} run to its end, and it is stored`);
}
