import { isUnsafeFolder } from '../common/errors.ts';
import type { MissReason, SkipReason } from '../common/events.ts';
import { UNREADABLE, type CallStatus, type NotFound, type Result } from '../records/outcome.ts';
import type { Site } from './context.ts';
import { recordUse } from '../usage/last-use.ts';

type PlainEvent = 'save' | 'takeover' | Exclude<CallStatus, 'miss'>;

/** Tells that something happened to an item, if anybody listens. */
export function report(site: Site, type: PlainEvent, id: string): void {
  const { events } = site.settings;
  if (events.wants(type)) events.emit({ type, id, name: site.name });
}

/** Notes a use of a stored value, and tells how a call came to it. */
export function reportFound(site: Site, id: string, { status, foundAt }: Result): void {
  if (status === 'miss') return;
  recordUse(site, id, foundAt);
  report(site, status, id);
}

/** As {@link reportFound}, where it is known how. */
export function reportUse(site: Site, type: Exclude<CallStatus, 'miss'>, id: string): void {
  recordUse(site, id);
  report(site, type, id);
}

/** Tells of a miss and, before it, of a record that could not be read. */
export function reportMiss(site: Site, id: string, outcome: NotFound): void {
  reportCorrupt(site, id, outcome);
  reportReason(site, 'miss', { id, reason: outcome.reason });
}

/** Tells of a record that could not be read, where that is why there is no value. */
export function reportCorrupt(site: Site, id: string, { reason, error }: NotFound): void {
  if (reason === 'corrupt') reportFailure(site, 'corrupt', { id, error });
}

/** Tells that a value is not stored, and counts it. */
export function reportSkip(site: Site, id: string, reason: SkipReason): void {
  site.counts.addSkip();
  const { events } = site.settings;
  if (events.wants('skip')) events.emit({ type: 'skip', id, name: site.name, reason });
}

/** Tells of a failure that is swallowed; that of a computation counts as an error. */
export function reportFailure(
  site: Site,
  type: 'readFailed' | 'writeFailed' | 'corrupt' | 'refreshFailed',
  { id, error }: { readonly id: string; readonly error: unknown },
): void {
  const { events } = site.settings;
  if (type === 'refreshFailed') site.counts.addError();
  if (events.wants(type)) events.emit({ type, id, name: site.name, error });
}

/** Tells of what the store threw, and goes on without it. @throws UnsafeFolderError: that one is for the caller to hear of */
export function swallow(
  site: Site,
  type: 'readFailed' | 'writeFailed',
  failure: { readonly id: string; readonly error: unknown },
): void {
  if (isUnsafeFolder(failure.error)) throw failure.error;
  reportFailure(site, type, failure);
}

/** What a look comes to when the store has thrown. @throws UnsafeFolderError */
export function unreadable(site: Site, id: string, error: unknown): NotFound {
  swallow(site, 'readFailed', { id, error });
  return UNREADABLE;
}

function reportReason(
  site: Site,
  type: 'miss',
  { id, reason }: { readonly id: string; readonly reason: MissReason },
): void {
  const { events } = site.settings;
  if (events.wants(type)) events.emit({ type, id, name: site.name, reason });
}
