/** The way of a call over a store that answers with promises. Its synchronous twin is `run-sync.ts`. */

import { isUnsafeFolder } from '../errors.ts';
import { isNoCache } from './no-cache.ts';
import { ABSENT, judge, labelOf, prepare, reasonToSkip, UNREAD, type Found, type NotFound } from './plan.ts';
import { report, reportFailure, reportMiss, reportSkip } from './report.ts';
import { computeOnly, isThenable, isUnchanged, shareRun } from './run-shared.ts';
import type { AsyncSite, Work } from './site.ts';

/** The stored value, or what the function gives, stored; computed once for all callers that ask meanwhile. */
export async function runAsync(site: AsyncSite, id: string, work: Work): Promise<unknown> {
  for (let looks = 1; ; looks++) {
    const { ended } = site.shared;
    const joined = join(site, id);
    if (joined !== undefined) return joined;
    const outcome = await lookUp(site, id);
    if (outcome.hit) {
      report(site, 'hit', id);
      return outcome.value;
    }
    // While the store was asked, another call may have begun to compute, or have ended and saved: then look once more.
    const begun = join(site, id);
    if (begun !== undefined) return begun;
    if (looks === 1 && ended !== site.shared.ended && site.settings.mayRead) continue;
    reportMiss(site, id, outcome);
    if (!isUnchanged(id, work)) return computeAlone(site, id, work);
    return shareRun(site, id, computeAndSave(site, id, work));
  }
}

function computeAlone(site: AsyncSite, id: string, work: Work): unknown {
  reportSkip(site, id, 'changed');
  return computeOnly(work);
}

function join(site: AsyncSite, id: string): Promise<unknown> | undefined {
  const joined = site.shared.running.get(id);
  if (joined !== undefined) report(site, 'coalesced', id);
  return joined;
}

/** @throws UnsafeFolderError; every other failure of the store is reported and counts as a miss. */
async function lookUp(site: AsyncSite, id: string): Promise<Found | NotFound> {
  const { settings, shared } = site;
  if (!settings.mayRead) return UNREAD;
  try {
    return judge(await shared.store.get(id), id, settings);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    reportFailure(site, 'readFailed', { id, error });
    return ABSENT;
  }
}

async function computeAndSave(site: AsyncSite, id: string, work: Work): Promise<unknown> {
  const startedAt = performance.now();
  let value: unknown;
  let promised: boolean;
  try {
    const answer = Reflect.apply(work.fn, work.self, work.args);
    promised = isThenable(answer);
    value = await answer;
  } catch (thrown) {
    if (!isNoCache(thrown)) throw thrown;
    reportSkip(site, id, 'NoCache');
    return thrown.value;
  }
  site.seenPromise ||= promised;
  if (promised && !isUnchanged(id, work)) {
    reportSkip(site, id, 'changed');
    return value;
  }
  await save(site, id, { value, work, promised, computeMs: performance.now() - startedAt });
  return value;
}

interface Computed {
  readonly value: unknown;
  readonly work: Work;
  readonly promised: boolean;
  readonly computeMs: number;
}

/** @throws UnsafeFolderError; every other failure is reported, and the caller has its value all the same. */
async function save(site: AsyncSite, id: string, { value, work, promised, computeMs }: Computed): Promise<void> {
  try {
    const skip = reasonToSkip(site, value, work.args);
    if (skip !== undefined) return reportSkip(site, id, skip);
    const label = labelOf(site, work.args);
    const { parts, hints } = prepare(site, value, { id, label, computeMs, lifetime: Infinity, promised });
    await site.shared.store.set(id, parts, hints);
    report(site, 'save', id);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    reportFailure(site, 'writeFailed', { id, error });
  }
}
