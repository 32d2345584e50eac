/** The way of a call over a store that answers at once. Its asynchronous twin is `run-async.ts`. */

import { isUnsafeFolder } from '../errors.ts';
import { isNoCache } from './no-cache.ts';
import { ABSENT, judge, labelOf, prepare, reasonToSkip, UNREAD, type Found, type NotFound } from './plan.ts';
import { report, reportFailure, reportMiss, reportSkip } from './report.ts';
import { isThenable, isUnchanged, shareRun } from './run-shared.ts';
import type { SyncSite, Work } from './site.ts';

/**
 * The stored value, or what the function gives, stored. A function that answers with a promise gets one on a hit too,
 * and is computed once for all callers that ask meanwhile.
 */
export function runSync(site: SyncSite, id: string, work: Work): unknown {
  const { running } = site.shared;
  if (running.size > 0) {
    const joined = running.get(id);
    if (joined !== undefined) {
      report(site, 'coalesced', id);
      return joined;
    }
  }
  const outcome = lookUp(site, id);
  if (outcome.hit) {
    report(site, 'hit', id);
    return outcome.promised || site.promised ? Promise.resolve(outcome.value) : outcome.value;
  }
  reportMiss(site, id, outcome);
  return computeAndSave(site, id, work);
}

/** @throws UnsafeFolderError; every other failure of the store is reported and counts as a miss. */
function lookUp(site: SyncSite, id: string): Found | NotFound {
  const { settings, shared } = site;
  if (!settings.mayRead) return UNREAD;
  try {
    return judge(shared.store.get(id), id, settings);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    reportFailure(site, 'readFailed', { id, error });
    return ABSENT;
  }
}

function computeAndSave(site: SyncSite, id: string, work: Work): unknown {
  const startedAt = performance.now();
  let value: unknown;
  try {
    value = Reflect.apply(work.fn, work.self, work.args);
  } catch (thrown) {
    if (!isNoCache(thrown)) throw thrown;
    reportSkip(site, id, 'NoCache');
    return thrown.value;
  }
  if (isThenable(value)) {
    site.seenPromise = true;
    return shareRun(site, id, settle(site, id, { work, promise: value, startedAt }));
  }
  save(site, id, { value, work, promised: false, computeMs: performance.now() - startedAt });
  return value;
}

interface Pending {
  readonly work: Work;
  readonly promise: PromiseLike<unknown>;
  readonly startedAt: number;
}

async function settle(site: SyncSite, id: string, { work, promise, startedAt }: Pending): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (thrown) {
    if (!isNoCache(thrown)) throw thrown;
    reportSkip(site, id, 'NoCache');
    return thrown.value;
  }
  const computeMs = performance.now() - startedAt;
  if (isUnchanged(id, work)) save(site, id, { value, work, promised: true, computeMs });
  else reportSkip(site, id, 'changed');
  return value;
}

interface Computed {
  readonly value: unknown;
  readonly work: Work;
  readonly promised: boolean;
  readonly computeMs: number;
}

/** @throws UnsafeFolderError; every other failure is reported, and the caller has its value all the same. */
function save(site: SyncSite, id: string, { value, work, promised, computeMs }: Computed): void {
  try {
    const skip = reasonToSkip(site, value, work.args);
    if (skip !== undefined) return reportSkip(site, id, skip);
    const label = labelOf(site, work.args);
    const { parts, hints } = prepare(site, value, { id, label, computeMs, lifetime: Infinity, promised });
    site.shared.store.set(id, parts, hints);
    report(site, 'save', id);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    reportFailure(site, 'writeFailed', { id, error });
  }
}
