/**
 * Something that is kept once for each set of records, whichever store object leads to them: see `scope` of a store.
 * What is kept for a path is kept as long as the process, for an object as long as that.
 */
export function perScope<T>(make: () => T): (scope: string | object) => T {
  const byPath = new Map<string, T>();
  const byObject = new WeakMap<object, T>();
  return (scope) => {
    const known = typeof scope === 'string' ? byPath.get(scope) : byObject.get(scope);
    if (known !== undefined) return known;
    const fresh = make();
    if (typeof scope === 'string') byPath.set(scope, fresh);
    else byObject.set(scope, fresh);
    return fresh;
  };
}
