import { AnonymousFunctionError, UnkeyableError } from '../errors.ts';
import { DOMAIN, idOfValue, keyPrefix } from '../keys/digest.ts';
import { describe } from '../values/describe.ts';
import type { CheckedOptions } from './function-options.ts';
import { identityOfCached } from './cached-functions.ts';
import { nameOf, sourceOf, type AnyFunction, type Source } from './source.ts';

/** What tells one function from another. */
export interface Identity {
  /** What listings and events call it. */
  readonly name: string;
  /** The digest of all that counts. */
  readonly digest: string;
  readonly source: Source;
  /** How sure it is that another function object of the same digest gives the same results. */
  readonly vouched: 'never' | 'by source' | 'always';
}

/**
 * The identity of a function: its name, its source text or the version that stands for it, and what it captures as far
 * as `deps` says so. A name that was given and one that the function has by itself never make the same identity, so
 * that a function nobody vouched for cannot meet the entries of one that somebody did.
 *
 * @throws AnonymousFunctionError when neither the function nor the options tell it from others.
 * @throws UnkeyableError for what cannot be keyed in `deps`.
 */
export function identify(fn: AnyFunction, options: CheckedOptions, salt: string): Identity {
  const source = sourceOf(fn);
  const { name, version, deps } = options;
  const inner = identityOfCached(fn);
  refuseNameless(fn, source, options);
  const parts = [
    name ?? null,
    name === undefined ? nameOf(fn) : null,
    version ?? null,
    version === undefined ? source.text : null,
    deps ?? null,
    inner ?? null,
  ];
  const digest = idOfValue(keyPrefix(DOMAIN.identity, salt), parts, { root: 'deps', functions: standFor });
  return { name: name ?? (nameOf(fn) || '(anonymous)'), digest, source, vouched: vouchedFor(source, options) };
}

/** Source, then name, then name and deps: what has no text to compare needs more words of the user. */
function vouchedFor(source: Source, { name, deps }: CheckedOptions): Identity['vouched'] {
  if (source.opaque) return name !== undefined && deps !== undefined ? 'always' : 'never';
  return name !== undefined || deps !== undefined ? 'by source' : 'never';
}

function refuseNameless(fn: AnyFunction, source: Source, { name, deps }: CheckedOptions): void {
  if (name !== undefined || deps !== undefined) return;
  const cure = "wrap it with { name: '...' }, and with { deps: [...] } for what it captures";
  if (source.opaque && identityOfCached(fn) === undefined) {
    throw new AnonymousFunctionError(`${describe(fn)} is native or bound: its source cannot be seen; ${cure}`);
  }
  if (nameOf(fn) === '')
    throw new AnonymousFunctionError(`A function without a name cannot be told from others: ${cure}`);
}

/** A function among the captured values counts with its name and its source; a cached one as the function it caches. */
function standFor(fn: object): unknown {
  const inner = identityOfCached(fn as AnyFunction);
  if (inner !== undefined) return inner;
  const text = Function.prototype.toString.call(fn);
  if (/\{\s*\[native code\]\s*\}\s*$/.test(text)) {
    throw new UnkeyableError(`${describe(fn)} among the deps is native or bound: its source cannot be seen`, {
      path: 'deps',
    });
  }
  return [nameOf(fn as AnyFunction), text];
}
