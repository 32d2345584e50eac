/** How values count. */

import { performance } from 'node:perf_hooks';
import { types } from 'node:util';

import { UnkeyableError } from '../../common/errors.ts';
import { kindOf } from '../../common/kind.ts';
import { DOMAIN, idOfValue, keyPrefix } from '../../keys/digest.ts';
import { identityOfCached, isOwnObject, originalOf } from '../originals.ts';
import type { AnyFunction } from '../source.ts';
import { instance } from './instances.ts';
import { isExports, membersOf } from './members.ts';
import { nameInNode } from './origins.ts';
import { changedOfThis } from './state.ts';
import { Unreadable, type Place, type Walk } from './walk.ts';

const PREFIX = keyPrefix(DOMAIN.identity, 'captured');

/** Values that take longer than this, in ms, are not written again for 100 times as long, and for a second. */
const LONG = 1;
const SHARE = 100;
const INTERVAL = 1000;
const large = new WeakMap<object, { readonly digest: string; readonly until: number }>();

/** The digest of a value. Functions in it are added to the walk. @throws Unreadable */
export function digestOfValue(walk: Walk, value: unknown, place: Place): string {
  const startedAt = performance.now();
  const known = large.get(value as object);
  if (known !== undefined && startedAt < known.until) return known.digest;
  let isPlain = typeof value === 'object' && value !== null;
  const replace = (object: object): readonly [unknown] | undefined => {
    const replaced = substitute(walk, object, place);
    if (replaced !== undefined) isPlain = false;
    return replaced;
  };
  try {
    const digest = idOfValue(PREFIX, value, { root: place.name, replace });
    const endedAt = performance.now();
    const until = endedAt + Math.max(INTERVAL, SHARE * (endedAt - startedAt));
    if (isPlain && endedAt - startedAt > LONG) large.set(value as object, { digest, until });
    return digest;
  } catch (error) {
    return digestOfRefused(walk, value, { place, error });
  }
}

function digestOfRefused(
  walk: Walk,
  value: unknown,
  { place, error }: { readonly place: Place; readonly error: unknown },
): string {
  // With a cause it was no refusal: the stack may have ended.
  if (!(error instanceof UnkeyableError) || error.cause !== undefined) throw new Unreadable();
  if (typeof value === 'object' && value !== null) walk.held.set(value, place.name);
  return idOfValue(PREFIX, ['unkeyable', walk.declared(place)], { root: place.name });
}

/** What counts in the place of an object that is more than plain data; undefined for plain data. */
function substitute(walk: Walk, object: object, place: Place): readonly [unknown] | undefined {
  if (typeof object === 'function') return [functionIn(walk, object as AnyFunction, place)];
  if (isOwnObject(object)) return ['own'];
  if (types.isProxy(object)) return [opaque(walk, object, place)];
  const inNode = nameInNode(object);
  if (inNode !== undefined) return [['node', inNode]];
  const changed = walk.state.of(object);
  if (changed === 'all') return [opaque(walk, object, place)];
  if (isExports(object)) return [['module', membersOf(walk, object, { place })]];
  const kind = kindOf(object);
  if (kind === 'Object' || kind === 'null') return plain(walk, object, { place, changed });
  return kind === undefined ? [instance(walk, object, place)] : undefined;
}

function functionIn(walk: Walk, fn: AnyFunction, place: Place): unknown {
  const original = originalOf(fn);
  return original === undefined ? walk.add(fn, place) : ['cached', identityOfCached(fn), walk.add(original, place)];
}

/** An object that nothing shows the inside of. */
function opaque(walk: Walk, object: object, place: Place): unknown {
  walk.held.set(object, place.name);
  return ['opaque', walk.declared(place)];
}

interface Plain {
  readonly place: Place;
  readonly changed: ReadonlySet<string> | undefined;
}

/** A plain object, where more of it counts than its data, or less; undefined where that counts. */
function plain(walk: Walk, object: object, { place, changed }: Plain): readonly [unknown] | undefined {
  const properties = Object.values(Object.getOwnPropertyDescriptors(object));
  const functions = properties.flatMap(({ value }) => (typeof value === 'function' ? [value as object] : []));
  const ofThis = changedOfThis(functions);
  if (ofThis === 'all') return [opaque(walk, object, place)];
  const isChanged = (name: string): boolean => ofThis.has(name) || changed?.has(name) === true;
  const isState = Object.keys(object).some(isChanged);
  if (!isState && properties.every(({ get, set }) => get === undefined && set === undefined)) return undefined;
  const members = membersOf(walk, object, { place, skip: isChanged });
  return [['object', members, isState ? walk.declared(place) : []]];
}
