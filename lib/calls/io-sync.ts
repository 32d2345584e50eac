/** What a call asks of a store that answers at once; every failure but an unsafe folder is reported and swallowed. */

import { LEASE_TTL, type SyncLease } from '../stores/store.ts';
import { counted } from './leases.ts';
import type { MemoryTier } from '../memory/tier.ts';
import { judge, readValue, UNREAD, type NotFound, type Result } from '../records/outcome.ts';
import { labelOf, prepare, reasonToSkip } from './plan-save.ts';
import { isTooLarge, put, tellSaved } from './put.ts';
import { report, reportSkip, swallow, unreadable } from './observe.ts';
import type { Computed, SyncSite } from './context.ts';
import { carryOutSync } from '../runtime/steps.ts';

/** @throws UnsafeFolderError */
export function lookUp(site: SyncSite, id: string): Result | NotFound {
  const { settings, shared } = site;
  if (!settings.mayRead) return UNREAD;
  try {
    if (shared.tier !== undefined) return lookUpInTier(site, id, shared.tier);
    return judge(shared.store.get(id), id, settings);
  } catch (error) {
    return unreadable(site, id, error);
  }
}

function lookUpInTier(site: SyncSite, id: string, tier: MemoryTier): Result | NotFound {
  const asked = tier.ask(site.settings, id);
  if (asked.hit !== undefined) return asked;
  return tier.take(site.settings, id, { ticket: asked, parts: site.shared.store.get(id), read: readValue });
}

/** @throws UnsafeFolderError */
export function save(site: SyncSite, id: string, { value, work, promised, computeMs, marks }: Computed): void {
  try {
    const skip = reasonToSkip(site, value, work.args);
    if (skip !== undefined) return reportSkip(site, id, skip);
    const label = labelOf(site, work.args);
    const record = prepare(site, value, { id, label, computeMs, lifetime: Infinity, promised, marks });
    if (isTooLarge(site, record.parts)) return reportSkip(site, id, 'maxEntryBytes');
    if (site.shared.usage !== undefined) return carryOutSync(put(site, record, 'at once'));
    site.shared.store.set(id, record.parts, record.hints);
    tellSaved(site, id);
  } catch (error) {
    swallow(site, 'writeFailed', { id, error });
  }
}

/** The lease, undefined when another holder has it, or `'unavailable'` when the store fails. @throws UnsafeFolderError */
export function takeLease(site: SyncSite, id: string): SyncLease | 'unavailable' | undefined {
  try {
    const lease = site.shared.store.lease(id, LEASE_TTL);
    if (lease?.takenOver === true) report(site, 'takeover', id);
    return lease && counted(lease, site.shared.store.holder);
  } catch (error) {
    swallow(site, 'writeFailed', { id, error });
    return 'unavailable';
  }
}

/** Who holds the lease of an id; an empty name, which stands before all others, when the store fails. */
export function holderOf(site: SyncSite, id: string): string | undefined {
  try {
    return site.shared.store.holderOf(id);
  } catch {
    return '';
  }
}
