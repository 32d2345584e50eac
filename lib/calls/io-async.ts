/** As `io-sync.ts`, for a store of either kind: the calls of asynchronous functions, and all calls over asynchronous stores. */

import { isUnsafeFolder } from '../errors.ts';
import type { AsyncLease, SyncLease } from '../stores/store.ts';
import { counted, LEASE_TTL } from './leases.ts';
import type { MemoryTier } from './memory-tier.ts';
import { ABSENT, judge, readValue, UNREAD, UNREADABLE, type NotFound, type Result } from './plan.ts';
import { labelOf, prepare, reasonToSkip } from './plan-save.ts';
import { isTooLarge, put, tellSaved } from './put.ts';
import { report, reportFailure, reportSkip } from './report.ts';
import type { Computed, Site } from './site.ts';
import { carryOutAsync } from './steps.ts';

/** @throws UnsafeFolderError */
export async function lookUp(site: Site, id: string): Promise<Result | NotFound> {
  const { settings, shared } = site;
  if (!settings.mayRead) return UNREAD;
  try {
    if (shared.tier !== undefined) return await lookUpInTier(site, id, shared.tier);
    return judge(await shared.store.get(id), id, settings);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    reportFailure(site, 'readFailed', { id, error });
    return UNREADABLE;
  }
}

async function lookUpInTier(site: Site, id: string, tier: MemoryTier): Promise<Result | NotFound> {
  const found = tier.find(site.settings, id);
  if (found !== undefined) return found;
  const ticket = tier.begin(id);
  if (ticket === undefined) return ABSENT;
  return tier.take(site.settings, id, { ticket, parts: await site.shared.store.get(id), read: readValue });
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
    if (site.shared.ledger !== undefined) return await carryOutAsync(put(site, record, 'in turns'));
    await site.shared.store.set(id, record.parts, record.hints);
    tellSaved(site, id);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    reportFailure(site, 'writeFailed', { id, error });
  }
}

/** The lease, undefined when another holder has it, or `'unavailable'` when the store fails. @throws UnsafeFolderError */
export async function takeLease(site: Site, id: string): Promise<SyncLease | AsyncLease | 'unavailable' | undefined> {
  try {
    const lease = await site.shared.store.lease(id, LEASE_TTL);
    if (lease?.takenOver === true) report(site, 'takeover', id);
    return lease && counted(lease, site.shared.store.holder);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    reportFailure(site, 'writeFailed', { id, error });
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
