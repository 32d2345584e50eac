/** The generator objects that consumers hold. The language itself does what it does for every other: order, queues, ends. */

import type { GeneratorRun } from './run.ts';
import type { AnyGenerator } from './live-run.ts';
import type { CallContext, GeneratorKind } from '../calls/context.ts';
import { carryOutAsync, carryOutSync } from '../runtime/steps.ts';

/** How the generators of a function answer: over a store that answers with promises, all do. */
export function kindOfRuns({ generator, backing }: Pick<CallContext, 'generator' | 'backing'>): GeneratorKind {
  return generator === 'sync' && backing.store.kind === 'sync' ? 'sync' : 'async';
}

/** A generator object that gives a run, as long as its caller stays; nothing is looked up or computed before its first `next()`. */
export function toGenerator(kind: GeneratorKind, run: GeneratorRun): AnyGenerator {
  return kind === 'sync' ? generate(run) : generateLater(run);
}

function* generate(run: GeneratorRun): Generator<unknown, unknown> {
  const iterator: Iterator<unknown, unknown> = {
    next: (sent?: unknown) => carryOutSync(run.next(sent)),
    throw: (error: unknown) => carryOutSync(run.throw(error)),
    return: (value?: unknown) => carryOutSync(run.return(value)),
  };
  return yield* { [Symbol.iterator]: () => iterator };
}

async function* generateLater(run: GeneratorRun): AsyncGenerator<unknown, unknown> {
  const whileWanted = async <T>(asked: Promise<T>): Promise<T> => run.caller?.wait(asked) ?? asked;
  const iterator: AsyncIterator<unknown, unknown> = {
    next: (sent?: unknown) => whileWanted(carryOutAsync(run.next(sent))),
    throw: (error: unknown) => whileWanted(carryOutAsync(run.throw(error))),
    return: (value?: unknown) => carryOutAsync(run.return(value)),
  };
  return yield* { [Symbol.asyncIterator]: () => iterator };
}
