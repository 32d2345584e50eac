import { types } from 'node:util';

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

interface Wrapped extends CacheParts {
  readonly identity: Pick<Identity, 'name' | 'digest'>;
  readonly options: CheckedOptions;
}

/** All that is fixed about the calls of a function. */
export function contextOf(fn: AnyFunction, { identity, options, backing, settings }: Wrapped): CallContext {
  const generator = generatorKindOf(fn);
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
