import { clearInterval, setInterval } from 'node:timers';

import { lookUpRun } from './look-up.ts';
import { takeLease } from '../calls/io-async.ts';
import { RENEWAL } from '../calls/leases.ts';
import { LiveRun } from './live-run.ts';
import { onceBehind } from '../calls/refresh-in-background.ts';
import { reportFailure } from '../calls/observe.ts';
import type { Site, Work } from '../calls/context.ts';
import { isHeld } from '../stores/store.ts';
import { carryOutAsync, type Steps } from '../runtime/steps.ts';

/** Runs a generator to its end, for nobody but the cache. @throws what the generator throws; UnsafeFolderError */
export function* drain(site: Site, id: string, work: Work): Steps<void> {
  const unrecorded = site.settings.mode === 'off' ? 'silent' : undefined;
  const live = new LiveRun(site, id, { work, unrecorded });
  for (;;) {
    const { done } = yield* live.next(undefined);
    if (done === true) return;
  }
}

/**
 * Runs a generator anew behind a stored run that is served past its age: after the current turn, once over all processes.
 * It does not keep a program alive that has nothing else to do; what the generator itself waits for may.
 */
export function refreshRunBehind(site: Site, id: string, work: Work): void {
  onceBehind(site, id, async () => refresh(site, id, work));
}

/** Never rejects: whoever was served the old run is not concerned. */
async function refresh(site: Site, id: string, work: Work): Promise<void> {
  try {
    if (work.isStill?.(id, work) === false) return;
    const lease = await takeLease(site, id);
    if (lease === 'unavailable' || isHeld(lease)) return;
    const renewal = setInterval(() => void lease.renew(), RENEWAL).unref();
    try {
      const found = await carryOutAsync(lookUpRun(site, id));
      if (!found.hit || found.status !== 'hit') await carryOutAsync(drain(site, id, work));
    } finally {
      clearInterval(renewal);
      await lease.release();
    }
  } catch (error) {
    reportFailure(site, 'refreshFailed', { id, error });
  }
}
