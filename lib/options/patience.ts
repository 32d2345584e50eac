import { parseDuration, parseGrace } from './parse.ts';

/** How long to make do with what is old, and to wait for what is new. Ms. */
export interface Patience {
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
  readonly waitTimeout: number;
}

/** The names of these options. */
export const PATIENCE: readonly (keyof Patience)[] = ['staleWhileRevalidate', 'staleIfError', 'waitTimeout'];

/** What the options say, or else what held before. @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
export function readPatience(options: { readonly [option in keyof Patience]?: unknown }, before: Patience): Patience {
  const { staleWhileRevalidate, staleIfError, waitTimeout } = options;
  return {
    staleWhileRevalidate:
      staleWhileRevalidate === undefined
        ? before.staleWhileRevalidate
        : parseGrace(staleWhileRevalidate, 'The option staleWhileRevalidate'),
    staleIfError:
      staleIfError === undefined ? before.staleIfError : parseGrace(staleIfError, 'The option staleIfError'),
    waitTimeout: waitTimeout === undefined ? before.waitTimeout : parseDuration(waitTimeout, 'The option waitTimeout'),
  };
}
