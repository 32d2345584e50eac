/**
 * What is stored for a call. It is the one part of a call that is written twice: calls look at once, for most of them end here,
 * and generators and items look in steps.
 */

import { performance } from 'node:perf_hooks';

import { checksumInTurns } from '../records/checksum.ts';
import type { Parts } from '../stores/store.ts';
import { isThenable } from '../common/kind.ts';
import type { MemoryTier, Lookup } from '../memory/tier.ts';
import { judgeAs, readValue, UNREAD, type Finding, type ReadRecord } from '../records/outcome.ts';
import { unreadable } from './observe.ts';
import type { CallContext } from './context.ts';
import { loading } from '../runtime/shared-time.ts';
import { step, type Steps } from '../runtime/steps.ts';

/**
 * Looks at once where the store answers at once, so that a hit costs no turn of the event loop. For a call that can wait a large
 * record comes by a promise. Every failure of the store is told and swallowed.
 */
export function lookUp(context: CallContext, id: string, canWait: boolean): Finding | Promise<Finding> {
  const { settings, backing } = context;
  if (!settings.mayRead) return UNREAD;
  try {
    const { store, tier } = backing;
    const asked = tier?.ask(settings, id);
    if (asked?.hasValue !== undefined) return asked;
    const startedAt = performance.now();
    const parts = canWait ? store.get(id, 'can wait') : store.get(id);
    // Parts that are at hand may be lent for a moment, so they are judged before anything else happens.
    if (!isThenable(parts)) {
      if (asked !== undefined) return judge(context, id, { asked, parts, startedAt });
      return judgeAs(parts, id, { settings, read: readValue, startedAt });
    }
    return judgeLater(context, id, { asked, parts }).catch((error: unknown) => unreadable(context, id, error));
  } catch (error) {
    return unreadable(context, id, error);
  }
}

/** What a store has given, or a promise of it, and what the memory tier knew before. */
interface Given<P = Parts | undefined> {
  readonly asked: Lookup | undefined;
  readonly parts: P;
  /** Default: a value. */
  readonly read?: ReadRecord;
  /** Default: it is taken now. */
  readonly checksum?: number | undefined;
  /** Default: how long it takes is not measured. */
  readonly startedAt?: number | undefined;
}

function judge({ settings, backing }: CallContext, id: string, given: Given): Finding {
  const { asked, parts, read = readValue, checksum, startedAt } = given;
  const { tier } = backing;
  if (asked === undefined || tier === undefined) return judgeAs(parts, id, { settings, read, checksum, startedAt });
  return tier.take(settings, id, { lookup: asked, parts, read, checksum, startedAt });
}

async function judgeLater(
  context: CallContext,
  id: string,
  given: Given<PromiseLike<Parts | undefined>>,
): Promise<Finding> {
  const end = loading.begin();
  let loadMs = 0;
  let found: Finding;
  try {
    const parts = await given.parts;
    // What is no list of bytes is no record either: that is for the judge to say.
    const checksum = parts && (await checksumInTurns(parts).catch(() => undefined));
    found = judge(context, id, { ...given, parts, checksum });
  } finally {
    loadMs = end();
  }
  return found.hasValue ? { ...found, loadMs } : found;
}

/** What kind of record is looked for. */
interface Wanted {
  /** What makes the value of the record. */
  readonly read: ReadRecord;
  /** What is kept in memory. Default: nothing. */
  readonly tier?: MemoryTier | undefined;
}

/** Looks for a record of any kind. @throws what the store throws */
export function* lookUpInSteps(context: CallContext, id: string, { read, tier }: Wanted): Steps<Finding> {
  const { settings, backing } = context;
  if (!settings.mayRead) return UNREAD;
  const asked = tier?.ask(settings, id);
  if (asked?.hasValue !== undefined) return asked;
  return judge(context, id, { asked, parts: yield* step(backing.store.get(id)), read });
}
