import type { AnyFunctionOptions, FunctionOptions } from '../../lib/functions/function-options.ts';
import type { Explanation } from '../../lib/functions/explain/look.ts';
import type { AnyFunction } from '../../lib/functions/source.ts';
import type { Store } from '../../lib/stores/store.ts';
import type { TempCache } from '../../lib/temp-cache.ts';

/** A call that is stored or explained. */
export interface SpecCall {
  readonly fn: AnyFunction;
  readonly options?: AnyFunctionOptions;
  readonly args?: readonly unknown[];
  readonly self?: unknown;
}

/** What the property `cache` of some function does with calls. */
interface AnyCalls {
  readonly run: AnyFunction;
  readonly explain: AnyFunction;
}

function callsOf(cache: TempCache<Store>, { fn, options }: SpecCall): AnyCalls {
  return cache.wrap(fn, options as FunctionOptions).cache;
}

/** Makes the call; how it came to its value. */
export function run(cache: TempCache<Store>, call: SpecCall): Promise<unknown> {
  return asked('run', cache, call);
}

/** Explains the call. */
export async function explain(cache: TempCache<Store>, call: SpecCall): Promise<Explanation> {
  return (await asked('explain', cache, call)) as Explanation;
}

async function asked(question: keyof AnyCalls, cache: TempCache<Store>, call: SpecCall): Promise<unknown> {
  return Reflect.apply(callsOf(cache, call)[question], call.self, (call.args ?? []) as never[]);
}

/** Two functions of one name: an edit lies between them. */
export function load(...args: readonly unknown[]): number {
  return args.length;
}

/** See {@link load}. */
export const edited: AnyFunction = { load: (...args: readonly unknown[]) => args.length + 0 }.load;
