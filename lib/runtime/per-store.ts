/** The state of one set of records, by the function that made each part of it. */
type State = Map<() => unknown, unknown>;

/** All state of this package's modules that belongs to records in a path. It is kept as long as the process. */
const byPath = new Map<string, State>();

/** All state that belongs to records in an object. It is kept as long as that. */
const byObject = new WeakMap<object, State>();

/**
 * State that there is once for each set of records, whichever store object leads to them: see `scope` of a store. Modules keep
 * no such state elsewhere.
 *
 * @returns a function that gives the state of a scope, made when it is first asked for
 */
export function perScope<T>(make: () => T): (scope: string | object) => T {
  return (scope) => {
    const state = stateOf(scope);
    const known = state.get(make) as T | undefined;
    if (known !== undefined) return known;
    const fresh = make();
    state.set(make, fresh);
    return fresh;
  };
}

function stateOf(scope: string | object): State {
  const known = typeof scope === 'string' ? byPath.get(scope) : byObject.get(scope);
  if (known !== undefined) return known;
  const fresh: State = new Map();
  if (typeof scope === 'string') byPath.set(scope, fresh);
  else byObject.set(scope, fresh);
  return fresh;
}
