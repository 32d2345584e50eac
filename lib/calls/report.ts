import type { MissReason, SkipReason } from '../events.ts';
import type { CallStatus, NotFound, Result } from './plan.ts';
import type { Site } from './site.ts';

type PlainEvent = 'save' | 'takeover' | Exclude<CallStatus, 'miss'>;

/** Tells that something happened to an item, if anybody listens. */
export function report(site: Site, type: PlainEvent, id: string): void {
  const { events } = site.settings;
  if (events.wants(type)) events.emit({ type, id, name: site.name });
}

/** Tells how a call came to a value that it has not computed. */
export function reportFound(site: Site, id: string, { status }: Result): void {
  if (status !== 'miss') report(site, status, id);
}

/** Tells of a miss and, before it, of a record that could not be read. */
export function reportMiss(site: Site, id: string, outcome: NotFound): void {
  if (outcome.reason === 'corrupt') reportFailure(site, 'corrupt', { id, error: outcome.error });
  reportReason(site, 'miss', { id, reason: outcome.reason });
}

/** Tells that a value is not stored. */
export function reportSkip(site: Site, id: string, reason: SkipReason): void {
  const { events } = site.settings;
  if (events.wants('skip')) events.emit({ type: 'skip', id, name: site.name, reason });
}

/** Tells of a failure that is swallowed. */
export function reportFailure(
  site: Site,
  type: 'readFailed' | 'writeFailed' | 'corrupt' | 'refreshFailed',
  { id, error }: { readonly id: string; readonly error: unknown },
): void {
  const { events } = site.settings;
  if (events.wants(type)) events.emit({ type, id, name: site.name, error });
}

function reportReason(
  site: Site,
  type: 'miss',
  { id, reason }: { readonly id: string; readonly reason: MissReason },
): void {
  const { events } = site.settings;
  if (events.wants(type)) events.emit({ type, id, name: site.name, reason });
}
