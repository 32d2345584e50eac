/**
 * Stands for `node:timers` in specs: goes by the globals, so that Jest's fake timers hold for lib too. Immediates are real ones:
 * specs let time pass, but turns of the event loop come by themselves.
 */

type Timers = Pick<
  typeof globalThis,
  'setTimeout' | 'setInterval' | 'setImmediate' | 'clearTimeout' | 'clearInterval' | 'clearImmediate'
>;

/** The global function as it is when it is called. */
function global<K extends keyof Timers>(name: K): Timers[K] {
  const call = (...args: readonly unknown[]): unknown => Reflect.apply(globalThis[name], undefined, args);
  return call as unknown as Timers[K];
}

export const setTimeout: Timers['setTimeout'] = global('setTimeout');
export const setInterval: Timers['setInterval'] = global('setInterval');
export const setImmediate: Timers['setImmediate'] = globalThis.setImmediate;
export const clearImmediate: Timers['clearImmediate'] = globalThis.clearImmediate;
export const clearTimeout: Timers['clearTimeout'] = global('clearTimeout');
export const clearInterval: Timers['clearInterval'] = global('clearInterval');
