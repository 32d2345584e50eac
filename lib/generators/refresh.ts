import { lookUpInSteps } from '../calls/lookup.ts';
import { inBackground } from '../calls/refresh-in-background.ts';
import type { Call, CallContext } from '../calls/context.ts';
import { isStill } from '../calls/unchanged.ts';
import { readManifest } from '../runs/manifest.ts';
import { Caller } from '../runtime/caller.ts';
import { carryOutAsync, type Steps } from '../runtime/steps.ts';
import { LiveRun } from './live-run.ts';

/** Runs a generator to its end, for the cache alone; whether its run was stored. @throws what the generator throws */
export function* drain(context: CallContext, id: string, call: Call): Steps<boolean> {
  const unrecorded = context.settings.mode === 'off' ? 'silent' : undefined;
  const live = new LiveRun(context, id, { call, unrecorded });
  for (;;) {
    const { done } = yield* live.next(undefined);
    if (done === true) return live.isStored;
  }
}

/**
 * Runs a generator anew in the background while a stored run past its age is served: see {@link inBackground}. The caller of the
 * old one does not decide how long that goes on.
 */
export function refreshRunInBackground(context: CallContext, id: string, given: Call): void {
  const call: Call = { ...given, caller: given.caller && new Caller([]) };
  inBackground(context, id, {
    look: () => carryOutAsync(lookUpInSteps(context, id, { read: readManifest })),
    async compute() {
      // Of other arguments it would be another run.
      return isStill(id, call) && carryOutAsync(drain(context, id, call));
    },
  });
}
