import { originalOf } from '../originals.ts';
import type { AnyFunction } from '../source.ts';
import { onlyMembers } from './members.ts';
import { nameOfFunction } from './origins.ts';
import type { CaptureKind, Place, Use, Walk } from './walk.ts';

/** As what a variable counts. */
interface Counted {
  readonly kind: CaptureKind;
  readonly digest: string;
}

/** The digest of a captured variable, which is listed among the captures. @throws Unreadable */
export function captureOf(walk: Walk, place: Place, use: Use): string {
  // It is listed before what it leads to.
  const at = walk.captures.length;
  const { kind, digest } = count(walk, place, use);
  const { value } = use.variable;
  const isFunction = kind === 'function';
  const counted = walk.options.values || isFunction ? digest : '';
  if (!isFunction) walk.pairs.add(`${place.name} ${counted}`);
  // Its own name in its text tells nothing new.
  if (value === place.fn) return counted;
  walk.captures.splice(at, 0, {
    name: place.name,
    of: nameOfFunction(place.fn) || '(anonymous)',
    kind,
    at: isFunction ? (originalOf(value as AnyFunction) ?? (value as object)) : place.fn,
    fingerprint: counted.slice(0, 8),
    value: isShort(value) ? value : undefined,
    isOfModule: use.variable.isOfModule,
  });
  return counted;
}

function count(walk: Walk, place: Place, { variable, members }: Use): Counted {
  if (variable.isUninitialized) return { kind: 'uninitialized', digest: '' };
  if (isOfNode(place.name, variable.value, members)) return { kind: 'node', digest: '' };
  const isAssigned = walk.state.hasVariable(place.facts, place.name);
  const value = isAssigned ? firstFunction(variable.value, place) : variable.value;
  return isAssigned && typeof value !== 'function'
    ? countState(walk, value, place)
    : countValue(walk, value, { place, members });
}

function countState(walk: Walk, value: unknown, place: Place): Counted {
  if (typeof value === 'object' && value !== null) walk.held.set(value, place.name);
  return { kind: 'state', digest: walk.digestOfValue(['state', walk.declared(place)], place) };
}

interface ValueUse {
  readonly place: Place;
  readonly members: Use['members'];
}

function countValue(walk: Walk, value: unknown, { place, members }: ValueUse): Counted {
  const narrow = members && onlyMembers(walk, value, { place, members });
  const [held, unseen] = [walk.held.size, walk.unseen.size];
  const digest = walk.digestOfValue(narrow ?? value, place);
  if (typeof value === 'function' && narrow === undefined) return { kind: 'function', digest };
  if (walk.unseen.size > unseen) return { kind: 'unseen', digest };
  return { kind: walk.held.size > held ? 'opaque' : 'value', digest };
}

/** What Node gives a module of CommonJS: `require`, and `module` where more of it is used than its exports. */
function isOfNode(name: string, value: unknown, members: ReadonlySet<string> | undefined): boolean {
  if (name === 'require') return typeof value === 'function' && Object.hasOwn(value, 'resolve');
  if (name !== 'module' || Object(value) !== value || !Object.hasOwn(value as object, 'exports')) return false;
  return members === undefined || ![...members].every((member) => member.startsWith('exports.'));
}

/** The functions that variables held when they were first read, of those that are assigned: Babel's replace themselves. */
const firstFunctions = new WeakMap<object, Map<string, unknown>>();

function firstFunction(value: unknown, { fn, name }: Place): unknown {
  if (typeof value !== 'function') return value;
  let known = firstFunctions.get(fn);
  if (known === undefined) firstFunctions.set(fn, (known = new Map<string, unknown>()));
  if (!known.has(name)) known.set(name, value);
  return known.get(name);
}

function isShort(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= 40);
}
