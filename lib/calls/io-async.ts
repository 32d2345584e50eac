/** As `io-sync.ts`, for a store of either kind: the calls of asynchronous functions, and all calls over asynchronous stores. */

import { checksumInTurns } from '../records/checksum.ts';
import { LEASE_TTL, type AsyncLease, type Parts, type SyncLease } from '../stores/store.ts';
import { isThenable } from '../common/thenable.ts';
import { counted } from './leases.ts';
import type { MemoryTier } from '../memory/tier.ts';
import { judge, judgeAs, readValue, UNREAD, type NotFound, type Result } from '../records/outcome.ts';
import { labelOf, prepare, reasonToSkip } from './plan-save.ts';
import { isTooLarge, put, tellSaved } from './put.ts';
import { report, reportSkip, swallow, unreadable } from './observe.ts';
import type { Computed, Site } from './context.ts';
import { carryOutAsync } from '../runtime/steps.ts';

type Found = Result | NotFound;

/** At once where the store answers at once, so that a hit costs no turn; large records come later. @throws UnsafeFolderError */
export function lookUp(site: Site, id: string): Found | Promise<Found> {
  const { settings, shared } = site;
  if (!settings.mayRead) return UNREAD;
  try {
    const found = shared.tier === undefined ? lookInStore(site, id) : lookInTier(site, id, shared.tier);
    return isFound(found) ? found : found.catch((error: unknown) => unreadable(site, id, error));
  } catch (error) {
    return unreadable(site, id, error);
  }
}

/** Whether the store has answered already. */
export function isFound(found: Found | Promise<Found>): found is Found {
  return 'hit' in found;
}

/** Parts that are at hand may be lent for a moment, so they are judged before anything else happens. */
function lookInStore({ settings, shared }: Site, id: string): Found | Promise<Found> {
  const parts = shared.store.get(id, 'can wait');
  if (!isThenable(parts)) return judge(parts, id, settings);
  return judgeLater(parts, (record, checksum) => judgeAs(record, id, { settings, read: readValue, checksum }));
}

function lookInTier({ settings, shared }: Site, id: string, tier: MemoryTier): Found | Promise<Found> {
  const asked = tier.ask(settings, id);
  if (asked.hit !== undefined) return asked;
  const parts = shared.store.get(id, 'can wait');
  if (!isThenable(parts)) return tier.take(settings, id, { ticket: asked, parts, read: readValue });
  return judgeLater(parts, (record, checksum) =>
    tier.take(settings, id, { ticket: asked, parts: record, read: readValue, checksum }),
  );
}

async function judgeLater(
  parts: Promise<Parts | undefined>,
  judgeRecord: (parts: Parts | undefined, checksum?: number) => Found,
): Promise<Found> {
  const record = await parts;
  // What is no list of bytes is no record either: that is for the judge to say.
  const checksum = record && (await checksumInTurns(record).catch(() => undefined));
  return judgeRecord(record, checksum);
}

/** @throws UnsafeFolderError */
export async function save(
  site: Site,
  id: string,
  { value, work, promised, computeMs, marks }: Computed,
): Promise<void> {
  try {
    const skip = reasonToSkip(site, value, work.args);
    if (skip !== undefined) return reportSkip(site, id, skip);
    const label = labelOf(site, work.args);
    const record = prepare(site, value, { id, label, computeMs, lifetime: Infinity, promised, marks });
    if (isTooLarge(site, record.parts)) return reportSkip(site, id, 'maxEntryBytes');
    if (site.shared.usage !== undefined) return await carryOutAsync(put(site, record, 'in turns'));
    await site.shared.store.set(id, record.parts, record.hints);
    tellSaved(site, id);
  } catch (error) {
    swallow(site, 'writeFailed', { id, error });
  }
}

/** The lease, undefined when another holder has it, or `'unavailable'` when the store fails. @throws UnsafeFolderError */
export async function takeLease(site: Site, id: string): Promise<SyncLease | AsyncLease | 'unavailable' | undefined> {
  try {
    const lease = await site.shared.store.lease(id, LEASE_TTL);
    if (lease?.takenOver === true) report(site, 'takeover', id);
    return lease && counted(lease, site.shared.store.holder);
  } catch (error) {
    swallow(site, 'writeFailed', { id, error });
    return 'unavailable';
  }
}

/** Who holds the lease of an id; an empty name, which stands before all others, when the store fails. */
export async function holderOf(site: Site, id: string): Promise<string | undefined> {
  try {
    return await site.shared.store.holderOf(id);
  } catch {
    return '';
  }
}
