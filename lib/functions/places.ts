import { pathOfScript } from '../common/scripts.ts';

/** Calls that lead to the place where a function is wrapped: a helper of the user's own may stand in between. */
const MAX_CALLS = 4;

interface Holder {
  readonly stack?: unknown;
}

interface Site {
  getFileName(): unknown;
}

/** The files that lead to a call of `called`, the nearest first; none where the stack does not show them. */
export function placesOfCall(called: (...args: never[]) => unknown): readonly string[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.prepareStackTrace = (_, sites) => sites;
    Error.stackTraceLimit = MAX_CALLS;
    const holder: Holder = {};
    Error.captureStackTrace(holder, called);
    const sites = Array.isArray(holder.stack) ? (holder.stack as readonly Site[]) : [];
    const files = sites.map((site) => pathOfScript(String(site.getFileName())));
    return [...new Set(files)].filter((file) => file !== undefined);
  } catch {
    // Where built-ins are frozen, for one.
    return [];
  } finally {
    try {
      Object.assign(Error, { prepareStackTrace, stackTraceLimit });
    } catch {
      // Then nothing was changed.
    }
  }
}
