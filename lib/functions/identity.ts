import { types } from 'node:util';

import { codeText } from '../common/texts.ts';
import { AnonymousFunctionError } from '../common/errors.ts';
import { DOMAIN, idOfValue, keyPrefix } from '../keys/digest.ts';
import { describe } from '../common/describe.ts';
import { identityOfCached, originalOf } from './originals.ts';
import type { CheckedOptions } from './function-options.ts';
import { readerOfThread } from './captures/thread-reader.ts';
import { factsOf } from './captures/text-facts.ts';
import { nameOf, sourceOf, type AnyFunction, type Source } from './source.ts';

/** A function object that the identity knows by its source alone: another one of the same source may differ. */
export interface Witness {
  readonly fn: AnyFunction;
  readonly role: 'function' | 'key' | 'dep';
  /** Whether the user said that others of the same source are the same. */
  readonly vouched: boolean;
}

/** All that one function differs in from another. */
export interface Identity {
  /** What listings and events call it. */
  readonly name: string;
  /** The digest of all that counts. */
  readonly digest: string;
  readonly source: Source;
  /** What the digest is of. */
  readonly parts: IdentityParts;
  /** Whether a version stands for the source, so that the digest says nothing of it. */
  readonly versioned: boolean;
  readonly witnesses: readonly Witness[];
}

/** All that counts about a function; what is undefined was not given, or is not so. */
export interface IdentityParts {
  /** The name that was given, and that of the function itself where it counts. */
  readonly name: readonly [string | undefined, string | undefined];
  readonly version: string | undefined;
  /** The text of the function or, under a version, of what kind it is. */
  readonly source: unknown;
  /** The option key, and whether `this` is left out of the key. */
  readonly key: readonly [unknown, boolean];
  readonly deps: string | undefined;
  /** The identity of the cached function that the function is itself. */
  readonly wrapped: string | undefined;
  /** The text of the options toStored and fromStored, where there is one. */
  readonly stored: string | undefined;
}

/** What an identity is made for. */
export interface IdentityTerms {
  readonly salt: string;
  /** Whether nothing shows what the function captures. */
  readonly isBlind: boolean;
  /** The text of the options toStored and fromStored. Default: there is none. */
  readonly stored?: string | undefined;
}

/**
 * What a function says of itself: its name, its source text or the version that stands for it, and what it captures as far
 * as `deps` says so. A name that was given and one that the function has by itself never make the same identity, so
 * that a function whose user vouched for nothing cannot meet the entries of one whose user did. What it captures is read later.
 *
 * @throws AnonymousFunctionError for a function without a name or a source that can be seen, and without options for that.
 */
export function identify(fn: AnyFunction, options: CheckedOptions, { salt, isBlind, stored }: IdentityTerms): Identity {
  const original = originalOf(fn) ?? fn;
  const source = sourceOf(original);
  if (isBlind || isHidden(original, source)) refuseNameless(fn, source, options);
  const { name, version } = options;
  const parts: IdentityParts = {
    // A native or bound function differs from another of the same options in little more.
    name: [name, name === undefined || source.opaque ? nameOf(fn) : undefined],
    version,
    // An edit under the same version may not turn a value into a promise, or into a generator.
    source: version === undefined ? factsOf(source.text).text : kindOf(original),
    key: partsOfKey(options, source),
    deps: options.deps?.digest,
    wrapped: identityOfCached(fn),
    stored,
  };
  return {
    name: name ?? (nameOf(fn) || '(anonymous)'),
    digest: digestOf(parts, salt),
    source,
    parts,
    versioned: version !== undefined,
    witnesses: witnessesOf(original, source, options),
  };
}

function digestOf({ name, version, source, key, deps, wrapped, stored }: IdentityParts, salt: string): string {
  const list = [...name, version, source, ...key, deps, wrapped, ...(stored === undefined ? [] : [stored])];
  return idOfValue(keyPrefix(DOMAIN.identity, salt), list, { root: 'identity' });
}

/** Of functions without generators it is whether they are declared `async`. */
function kindOf(fn: AnyFunction): unknown {
  const isAsync = types.isAsyncFunction(fn);
  return types.isGeneratorFunction(fn) ? ['generator', isAsync] : isAsync;
}

/** A key is a function too, and other keys are other calls. */
function partsOfKey({ key, ignoreThis }: CheckedOptions, { usesThis }: Source): readonly [unknown, boolean] {
  if (key === undefined) return [undefined, ignoreThis && usesThis];
  return [[nameOf(key), factsOf(codeText(key)).text, identityOfCached(key)], false];
}

/** Deps vouch for the function and its key; for what has no text to compare they need a name; for themselves they cannot. */
function witnessesOf(
  fn: AnyFunction,
  { opaque }: Source,
  { name, deps, key, sameEverywhere }: CheckedOptions,
): readonly Witness[] {
  const vouched = sameEverywhere || deps !== undefined;
  const isNamed = !opaque || name !== undefined;
  const witnesses: Witness[] = [{ fn, role: 'function', vouched: sameEverywhere || (vouched && isNamed) }];
  if (key !== undefined) witnesses.push({ fn: originalOf(key) ?? key, role: 'key', vouched });
  for (const dep of deps?.functions ?? []) witnesses.push({ fn: dep, role: 'dep', vouched: sameEverywhere });
  return witnesses;
}

/** Whether a function shows no text, and V8 does not show what it stands for, as it does of a bound one and of a proxy. */
function isHidden(fn: AnyFunction, { opaque }: Source): boolean {
  return opaque && readerOfThread()?.read([fn])?.[0]?.bound === undefined;
}

function refuseNameless(fn: AnyFunction, source: Source, { name, deps }: CheckedOptions): void {
  if (name !== undefined || deps !== undefined || identityOfCached(fn) !== undefined) return;
  const cure = "wrap it with { name: '...' }, and with { deps: [...] } for what it captures";
  if (source.opaque) {
    throw new AnonymousFunctionError(`${describe(fn)} is native or bound: its source cannot be seen; ${cure}`);
  }
  if (nameOf(fn) === '')
    throw new AnonymousFunctionError(`A function without a name cannot be told from others: ${cure}`);
}
