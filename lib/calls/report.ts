import type { MissReason, SkipReason } from '../events.ts';
import type { NotFound } from './plan.ts';
import type { Site } from './site.ts';

/** Tells that something happened to an item, if anybody listens. */
export function report(site: Site, type: 'hit' | 'coalesced' | 'save', id: string): void {
  const { events } = site.settings;
  if (events.wants(type)) events.emit({ type, id, name: site.name });
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
  type: 'readFailed' | 'writeFailed' | 'corrupt',
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
