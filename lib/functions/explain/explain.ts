import process from 'node:process';

import { computingNow } from '../../calls/waiting.ts';
import { textOf, timeInWords } from '../../common/describe.ts';
import type { Computing } from '../../common/events.ts';
import { infoOf } from '../../calls/item-info.ts';
import { refusal } from '../../calls/observe.ts';
import type { Call, CallContext } from '../../calls/context.ts';
import type { Steps } from '../../runtime/steps.ts';
import { decodeFingerprints, FINGERPRINT, type Fingerprints } from '../../records/fingerprints.ts';
import type { CachedCalls } from '../cached-calls.ts';
import { capturesKnownTo } from './captures.ts';
import { type DifferingPart, inWords } from './compare.ts';
import { savedInWords } from './entry.ts';
import { type Explanation, lookAt, miss } from './look.ts';
import { findNeighbours, type Candidate, type Neighbours } from './nearest.ts';

/**
 * Says what a call would be, and why. It computes nothing, changes nothing and emits no event.
 *
 * @throws UnkeyableError as the call itself
 */
export function* explain(calls: CachedCalls, call: Call): Steps<Explanation> {
  const { context } = calls;
  const { mode, mayRead } = context.settings;
  if (mode === 'off') return miss(undefined, 'the cache is off, and computes every call.');
  const id = calls.idOf(call.self, call.args);
  if (!mayRead) return miss('refresh', `the mode '${mode}' computes every call, whatever is stored.`);
  const wanted = decodeFingerprints(calls.fingerprintsOf(id, call));
  try {
    const found = yield* lookAt(context, id, call.args);
    if (found?.status === 'hit') return found;
    const told = found ?? (yield* explainAbsent(calls, wanted, yield* findNeighbours(context, wanted)));
    return withComputing(told, yield* computingNow(context, id), context.settings.clock());
  } catch (error) {
    return miss('absent', `the store cannot be read (${textOf(error)}).`);
  }
}

function withComputing(told: Explanation, computing: Computing | undefined, now: number): Explanation {
  if (computing === undefined) return told;
  const { pid, since } = computing;
  const who = pid === undefined ? 'another process' : pid === process.pid ? 'this process' : `process ${pid}`;
  const time = since === undefined ? '' : `, for ${timeInWords(Math.max(0, now - since))} by now`;
  return { ...told, message: `${told.message} It is being computed at this moment by ${who}${time}.`, computing };
}

function* explainAbsent(calls: CachedCalls, wanted: Fingerprints, neighbours: Neighbours): Steps<Explanation> {
  const { context } = calls;
  const { name, settings, identity } = context;
  const { nearest, sameCall, failure } = neighbours;
  const nothing = 'nothing is stored for this call';
  if (nearest === undefined) {
    const others = failure === undefined ? `, nor for any other of "${name}"` : '';
    const trouble = failure && ` Other entries could not be read (${textOf(failure.error)}).`;
    return miss('absent', `${nothing}${others}.${trouble ?? neverSaved(context)}`);
  }
  const describe = (candidate: Candidate): string => {
    const captures = capturesKnownTo(calls, candidate.head.identity);
    const parts = inWords(differencesOf(candidate, identity), { wanted, stored: candidate.stored, captures });
    return `${savedInWords(candidate.head, settings.clock())}, differs: ${parts}.`;
  };
  const other = sameCall && ` The nearest one of the same ${keyInWords(wanted)}, ${describe(sameCall)}`;
  const message = `${nothing}. The nearest entry of "${name}", ${describe(nearest)}${other ?? ''}`;
  const info = yield* infoOf(context, nearest.head, nearest.peeked);
  return miss('absent', message, { differs: differencesOf(nearest, identity), nearest: info });
}

function neverSaved(context: CallContext): string {
  const why = refusal(context);
  if (why === undefined) return ' It was never saved here, or was removed.';
  return ` Values of "${context.name}" could not be stored in this process: ${why}.`;
}

function keyInWords({ single }: Fingerprints): string {
  return single.has(FINGERPRINT.keyResult) ? 'key' : 'arguments';
}

/**
 * Digests so short may agree by chance, and long lists of arguments and captures have more than a record holds. What a function
 * captures has no fingerprint where that is no variable: the class above it, what is put on it as a property.
 */
function differencesOf({ ofFunction, ofCall, head }: Candidate, identity: string): readonly DifferingPart[] {
  const all = [...ofFunction, ...ofCall];
  if (all.length > 0) return all;
  return head.identity === identity ? ['args'] : ['captures'];
}
