import { types } from 'node:util';

import { invalidArgument } from '../common/errors.ts';
import { countsFor } from '../calls/counts-of-context.ts';
import type { Settings } from '../calls/settings.ts';
import type { Backing, CallContext } from '../calls/context.ts';
import { IDENTITY_LENGTH } from '../records/layout.ts';
import type { CheckedOptions } from './function-options.ts';
import { generatorKindOf } from './generators.ts';
import type { Identity } from './identity.ts';
import type { AnyFunction } from './source.ts';

/** Where the calls of a function go: a cache, seen from below. */
export interface CacheParts {
  readonly backing: Backing;
  readonly settings: Settings;
  readonly salt: string;
}

interface Wrapped {
  readonly identity: Identity;
  readonly options: CheckedOptions;
}

/** All that is fixed about the calls of a function. @throws TypeError (`ERR_INVALID_ARG_VALUE`) for an option that does not fit it */
export function contextOf(fn: AnyFunction, { identity, options }: Wrapped, cache: CacheParts): CallContext {
  const generator = generatorKindOf(fn);
  if (generator !== undefined && options.call.cacheErrors !== undefined) {
    throw invalidArgument(`cacheErrors does not fit the generator ${identity.name}: its failures are not kept`);
  }
  const { backing } = cache;
  // Every function has settings of its own, for its maxAge can be set.
  const settings = cache.settings.but(options.call, cache.settings);
  const names = { name: identity.name, identity: identity.digest.slice(0, IDENTITY_LENGTH) };
  return {
    backing,
    settings,
    counts: countsFor({ backing, settings }, names),
    ...names,
    promised: generator === undefined && types.isAsyncFunction(fn),
    seenPromise: false,
    seenValue: false,
    generator,
    shouldCache: options.shouldCache,
    label: options.label,
  };
}
