import { requireStackRoom, ROOM } from '../runtime/stack-room.ts';
import type { Store } from '../stores/store.ts';
import type { CallContext } from './context.ts';

/** Where a computation goes on. */
export type Place = 'onStack' | 'inPromises';

/** The stores over which computations have ended there: what these need for that has run before. */
const known: Readonly<Record<Place, WeakSet<Store>>> = { onStack: new WeakSet(), inPromises: new WeakSet() };

/** Asked before a computation takes anything: see {@link requireStackRoom}. @throws RangeError */
export function requireRoom({ backing }: CallContext, place: Place): void {
  requireStackRoom(known[place].has(backing.store) ? ROOM.warm : ROOM.cold);
}

/** Says that a computation has given back what it had taken. */
export function hadRoom({ backing }: CallContext, place: Place): void {
  known[place].add(backing.store);
}
