import { codeText } from '../common/texts.ts';
import { UnkeyableError } from '../common/errors.ts';
import { cacheKey } from '../keys/cache-key.ts';
import type { GivenDeps } from '../options/dependencies.ts';
import { DOMAIN, idOfValue, keyPrefix } from '../keys/digest.ts';
import { describe } from '../common/describe.ts';
import { identityOfCached, originalOf } from './originals.ts';
import { factsOf } from './captures/text-facts.ts';
import { isNative, nameOf, type AnyFunction } from './source.ts';

/** What `deps` said when the function was wrapped: changes to a list or to what is in it come too late. */
export interface Deps {
  /** The digest of all of them. */
  readonly digest: string;
  /** The functions among them, each the original of a cached one. */
  readonly functions: readonly AnyFunction[];
  /** What gives them at each call, where they are not fixed. */
  readonly read?: () => readonly unknown[];
}

/** @throws UnkeyableError with the path to what cannot be keyed: `deps[1].db`. */
export function readDeps(deps: GivenDeps, codeOf?: (fn: object) => string): Deps {
  return typeof deps === 'function' ? { digest: 'at each call', functions: [], read: deps } : readList(deps, codeOf);
}

function readList(list: readonly unknown[], codeOf: ((fn: object) => string) | undefined): Deps {
  const functions: AnyFunction[] = [];
  const replace = (value: object): readonly [unknown] | undefined => {
    if (typeof value !== 'function' || typeof (value as { [cacheKey]?: unknown })[cacheKey] === 'function')
      return undefined;
    functions.push(originalOf(value as AnyFunction) ?? (value as AnyFunction));
    return [codeOf === undefined ? keyOf(value as AnyFunction) : [keyOf(value as AnyFunction), codeOf(value)]];
  };
  const digest = idOfValue(keyPrefix(DOMAIN.identity, ''), Array.from(list), { root: 'deps', replace });
  return { digest, functions };
}

/** What a function counts as: its name and its source; a cached one the identity of what it caches. */
function keyOf(fn: AnyFunction): unknown {
  const text = codeText(fn);
  if (isNative(text)) {
    throw new UnkeyableError(`${describe(fn)} is native or bound, and its source cannot be seen`, { path: 'deps' });
  }
  return identityOfCached(fn) ?? [nameOf(fn), factsOf(text).text];
}
