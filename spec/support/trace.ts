import { setImmediate } from 'node:timers/promises';
import type { CacheEvent, OnEvent } from '../../lib/common/events.ts';
import { errorCode } from '../../lib/common/errors.ts';

/** What a cache told, in order: the oracle of a call. */
export interface Trace {
  readonly onEvent: OnEvent;
  /** All events since the last look, each as its type with its reason or the code of its error: `miss absent`. */
  take(): string[];
  /** All events, whole. */
  readonly events: readonly CacheEvent[];
}

/** Waits until the cache has told something of a type, so many times; jest's own limit ends a wait for what never comes. */
export async function told({ events }: Trace, type: CacheEvent['type'], times = 1): Promise<void> {
  while (events.filter((event) => event.type === type).length < times) await setImmediate();
}

export function makeTrace(): Trace {
  const events: CacheEvent[] = [];
  let taken = 0;
  return {
    events,
    onEvent: (event) => void events.push(event),
    take() {
      const fresh = events.slice(taken);
      taken = events.length;
      return fresh.map(describeEvent);
    },
  };
}

function describeEvent(event: CacheEvent): string {
  if ('reason' in event) return `${event.type} ${event.reason}`;
  if ('error' in event) return `${event.type} ${errorCode(event.error) ?? String(event.error)}`;
  return event.type;
}
