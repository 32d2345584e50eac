import { invalidArgument } from '../common/errors.ts';
import { show } from './answers.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a member must be, in words. */
type Shape = Readonly<Record<string, string>>;

const REQUIRED: Shape = {
  get: '(id) => Uint8Array | undefined',
  set: '(id, bytes, { expiresAt }) => void',
  delete: '(id) => boolean',
  entries: '() => Iterable<{ id, size, savedAt }>',
  clear: '() => void',
  close: '() => void',
};

const LEASE: Shape = {
  lease: '(id, ttl, me) => { renew, release } | { heldBy, since }',
  heldBy: '(id) => { heldBy, since } | undefined',
};

/** The functions of the capabilities: those that one must have, and those that it may have. */
const CAPABILITIES: Readonly<Record<string, { readonly required: Shape; readonly optional: Shape }>> = {
  head: {
    required: {
      peek: '(id, length) => { size, savedAt, head } | undefined',
      stat: '(id) => { size, savedAt } | undefined',
    },
    optional: { touch: '(id, at) => void', stamp: '(id) => number | undefined' },
  },
  counters: {
    required: { add: '(group, deltas) => void', read: '(group) => counts', reset: '(group) => void' },
    optional: {},
  },
  files: { required: {}, optional: { pathOf: '(id) => string | undefined', sweep: '(ms) => { leftovers, bytes }' } },
};

/**
 * @param what what it is the store of, for the message: `The option store`
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) that names the member that is missing or wrong, and what it should be
 */
export function checkDefinition(given: unknown, what: string): void {
  const store = checkIsObject(given, what);
  if (store['kind'] !== 'sync' && store['kind'] !== 'async') {
    throw wrong(store['kind'], `${what}: its member kind`, `'sync' for answers at once, or 'async' for promises`);
  }
  const { scope } = store;
  const isScope = scope === undefined || (typeof scope === 'string' && scope !== '') || isObject(scope);
  if (!isScope) throw wrong(scope, `${what}: its member scope`, 'a text or an object, or left out');
  checkTimeout(store['timeout'], what);
  checkFunctions(store, what, { required: REQUIRED, optional: LEASE });
  for (const name of Object.keys(CAPABILITIES)) checkCapability(store, what, name);
}

function checkTimeout(timeout: unknown, what: string): void {
  if (timeout === undefined || (typeof timeout === 'number' && timeout > 0)) return;
  throw wrong(timeout, `${what}: its member timeout`, 'a number of ms above 0, or left out');
}

function checkIsObject(given: unknown, what: string): Fields {
  if (!isObject(given)) throw wrong(given, what, 'a store, such as memoryStore() or what defineStore() gives');
  if (given['kind'] === undefined && isLikeMap(given)) {
    throw invalidArgument(
      `${what} is ${show(given)}, which is no store by itself: use mapStore(map) of tempcache/store`,
    );
  }
  return given;
}

function checkCapability(store: Fields, what: string, name: string): void {
  const capability = store[name];
  if (capability === undefined) return;
  const { required, optional } = CAPABILITIES[name] as (typeof CAPABILITIES)[string];
  if (!isObject(capability))
    throw wrong(capability, `${what}: its member ${name}`, 'an object of functions, or left out');
  checkFunctions(capability, `${what}: its capability ${name}`, { required, optional });
  if (name === 'files' && typeof capability['path'] !== 'string') {
    throw wrong(capability['path'], `${what}: its member files.path`, 'the path of a folder');
  }
  if (name === 'head' && store['kind'] === 'async' && capability['stamp'] !== undefined) {
    throw wrong(capability['stamp'], `${what}: its member head.stamp`, 'left out, for it cannot answer at once');
  }
}

function checkFunctions(owner: Fields, what: string, { required, optional }: Readonly<Record<string, Shape>>): void {
  for (const [name, shape] of Object.entries({ ...required, ...optional })) {
    const member = owner[name];
    if (typeof member === 'function' || (member === undefined && required?.[name] === undefined)) continue;
    throw wrong(member, `${what}: its member ${name}`, `a function ${shape}`);
  }
}

/** Whether it is a Map, or something of that shape. */
export function isLikeMap(given: object): boolean {
  const { get, set, delete: remove, keys } = given as Fields;
  const isIterable = typeof keys === 'function' || Symbol.iterator in given || Symbol.asyncIterator in given;
  return isIterable && [get, set, remove].every((member) => typeof member === 'function');
}

function isObject(value: unknown): value is Fields {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function wrong(value: unknown, what: string, expected: string): TypeError {
  return invalidArgument(`${what} must be ${expected}; it is ${show(value)}`);
}
