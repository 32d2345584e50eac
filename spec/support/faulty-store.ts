import type { Store } from '../../lib/stores/store.ts';

const OPERATIONS = [
  'get',
  'peek',
  'set',
  'stat',
  'stamp',
  'touch',
  'delete',
  'entries',
  'ids',
  'clear',
  'sweep',
  'lease',
  'heldBy',
  'destroy',
  'close',
] as const;

const COUNTERS = ['add', 'read', 'reset'] as const;

/** What a store can be asked. */
export type Operation = (typeof OPERATIONS)[number] | `counters.${(typeof COUNTERS)[number]}`;

/** A fault: what is thrown, at once or by a promise, or what is answered instead of the truth. */
export type Fault = { readonly error: unknown } | { readonly answer: unknown };

/** A store that does as it is told. */
export interface FaultyStore<S extends Store = Store> {
  readonly store: S;
  /** The store underneath, in which all is well: what is asked here is not noted. */
  readonly inner: S;
  /** What it was asked, in order. */
  readonly asked: Operation[];
  /** Makes an operation fail from now on. */
  readonly break: (operation: Operation, fault: Fault) => void;
  /** All is well again. */
  readonly mend: () => void;
}

/** The same store with a switch for each of its operations. */
export function makeFaulty<S extends Store>(inner: S): FaultyStore<S> {
  const faults = new Map<Operation, Fault>();
  const asked: Operation[] = [];
  const switched =
    (operation: Operation, owner: object, method: string) =>
    (...args: unknown[]): unknown => {
      asked.push(operation);
      const fault = faults.get(operation);
      if (fault === undefined) return Reflect.apply(Reflect.get(owner, method) as () => unknown, owner, args);
      if (inner.kind === 'async' && operation === 'entries') return sufferLater(fault);
      return inner.kind === 'sync' ? suffer(fault) : Promise.resolve().then(() => suffer(fault));
    };
  const operations = OPERATIONS.map((operation) => [operation, switched(operation, inner, operation)]);
  const { kind, path, scope, holder, stamps, counters: own } = inner;
  const counters =
    own && Object.fromEntries(COUNTERS.map((method) => [method, switched(`counters.${method}`, own, method)]));
  const fixed = { kind, path, scope, holder, stamps, counters, pathOf: (id: string) => inner.pathOf(id) };
  const store: unknown = { ...fixed, ...Object.fromEntries(operations) };
  return {
    store: store as S,
    inner,
    asked,
    break: (operation, fault) => void faults.set(operation, fault),
    mend: () => faults.clear(),
  };
}

/** A listing that fails when it is gone over. */
async function* sufferLater(fault: Fault): AsyncGenerator<unknown, void> {
  yield suffer(fault);
}

function suffer(fault: Fault): unknown {
  if ('error' in fault) throw fault.error;
  return fault.answer;
}
