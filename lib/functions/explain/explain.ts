import { tryHead } from '../../records/frame.ts';
import { infoOf, type ItemInfo } from '../../calls/item-info.ts';
import { textOf } from '../../calls/item.ts';
import { readManifest } from '../../runs/manifest.ts';
import { judgeAs, readValue } from '../../records/outcome.ts';
import type { Call, CallContext } from '../../calls/context.ts';
import { step, type Steps } from '../../runtime/steps.ts';
import type { MissReason } from '../../common/events.ts';
import { decodeFingerprints, FINGERPRINT, type Fingerprints } from '../../records/fingerprints.ts';
import type { CachedCalls } from '../cached-calls.ts';
import { type DifferingPart, inWords } from './compare.ts';
import { dismiss, savedInWords, serve } from './entry.ts';
import { findNeighbours, type Candidate, type Neighbours } from './nearest.ts';

/** What a call would be, and why: for people and for programs. */
export interface Explanation {
  /** What the call would be now, unless it is being computed at this moment. */
  readonly status: 'hit' | 'stale' | 'miss';
  /** Why it would be a miss, as `run` says it; undefined for what is none, and where the cache is off. */
  readonly reason: MissReason | undefined;
  /** All of it in words. */
  readonly message: string;
  /** In which parts the call differs from the nearest entry; empty where age or damage is the reason, or nothing is near. */
  readonly differs: readonly DifferingPart[];
  /** The entry of the call itself or, where there is none, the one of a function of the same name that differs least. */
  readonly nearest: ItemInfo | undefined;
}

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
    const found = yield* lookAt(context, id);
    return found ?? (yield* explainAbsent(context, wanted, yield* findNeighbours(context, wanted)));
  } catch (error) {
    return miss('absent', `the store cannot be read (${textOf(error)}).`);
  }
}

/** About the entry of the call itself; undefined where there is none. */
function* lookAt(context: CallContext, id: string): Steps<Explanation | undefined> {
  const { settings, backing } = context;
  const peeked = yield* step(backing.store.peek(id));
  const read = context.generator === undefined ? readValue : readManifest;
  const outcome = judgeAs(yield* step(backing.store.get(id)), id, { settings, read });
  if (!outcome.hasValue && outcome.reason === 'absent') return undefined;
  const head = peeked && tryHead(peeked);
  const nearest = peeked && head && (yield* infoOf(context, head, peeked));
  if (!outcome.hasValue) {
    const { words, differs } = dismiss(head, outcome, settings);
    return miss(outcome.reason, words, { differs, nearest });
  }
  const status = outcome.status === 'hit' ? 'hit' : 'stale';
  return { status, reason: undefined, message: serve(head, outcome, settings), differs: [], nearest };
}

function* explainAbsent(context: CallContext, wanted: Fingerprints, neighbours: Neighbours): Steps<Explanation> {
  const { name, settings } = context;
  const { nearest, sameCall, failure } = neighbours;
  const nothing = 'nothing is stored for this call';
  if (nearest === undefined) {
    const others = failure === undefined ? `, nor for any other of "${name}"` : '';
    const trouble = failure && ` Other entries could not be read (${textOf(failure.error)}).`;
    return miss('absent', `${nothing}${others}.${trouble ?? ' It was never saved here, or was removed.'}`);
  }
  const describe = (candidate: Candidate): string =>
    `${savedInWords(candidate.head, settings.clock())}, differs: ${inWords(differencesOf(candidate), { wanted, stored: candidate.stored })}.`;
  const other = sameCall && ` The nearest one of the same ${keyInWords(wanted)}, ${describe(sameCall)}`;
  const message = `${nothing}. The nearest entry of "${name}", ${describe(nearest)}${other ?? ''}`;
  const info = yield* infoOf(context, nearest.head, nearest.peeked);
  return miss('absent', message, { differs: differencesOf(nearest), nearest: info });
}

function keyInWords({ single }: Fingerprints): string {
  return single.has(FINGERPRINT.keyResult) ? 'key' : 'arguments';
}

/** Digests so short may agree by chance, and long lists of arguments have more than a record holds. */
function differencesOf({ ofFunction, ofCall }: Candidate): readonly DifferingPart[] {
  const all = [...ofFunction, ...ofCall];
  return all.length === 0 ? ['args'] : all;
}

function miss(
  reason: MissReason | undefined,
  words: string,
  { differs = [], nearest }: Partial<Pick<Explanation, 'differs' | 'nearest'>> = {},
): Explanation {
  return { status: 'miss', reason, message: `It would be computed: ${words}`, differs, nearest };
}
