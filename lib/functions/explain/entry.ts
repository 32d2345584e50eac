/** What is said about the entry of the very call that is explained. Nothing here touches a store. */

import type { NotFound, Outcome } from '../../records/outcome.ts';
import type { Settings } from '../../calls/settings.ts';
import { ageOf, endIsBy, endOf, isFromTheFuture, timeLeft } from '../../records/freshness.ts';
import type { RecordHead } from '../../records/head.ts';
import { textOf, durationInWords, timeInWords } from '../../common/describe.ts';
import type { DifferingPart } from './compare.ts';

/** What is said, and in which parts the entry differs from what the call could use. */
export interface Verdict {
  readonly words: string;
  readonly differs: readonly DifferingPart[];
}

/** `saved 2 hours ago`. */
export function savedInWords(entry: { readonly createdAt: number }, now: number): string {
  return `saved ${timeInWords(ageOf(entry, now))} ago`;
}

/** About an entry that the call would be given. */
export function serve(head: RecordHead | undefined, { status }: Outcome, settings: Settings): string {
  if (head === undefined) return 'It would be a hit: saved just now.';
  const { maxAge, staleWhileRevalidate: grace } = settings;
  const now = settings.clock();
  if (status === 'hit') {
    return `It would be a hit: ${savedInWords(head, now)}, fresh ${remaining(timeLeft(head, { maxAge, grace: 0 }, now))}.`;
  }
  const more = remaining(timeLeft(head, { maxAge, grace }, now));
  return (
    `It would be served past its age: the entry ${expiredInWords(head, maxAge, now)}. staleWhileRevalidate serves it ` +
    `${more}, and has it computed anew in the background.`
  );
}

/** About an entry that is of no use to the call. */
export function dismiss(head: RecordHead | undefined, outcome: NotFound, settings: Settings): Verdict {
  if (head === undefined) return damage(outcome);
  if (outcome.reason === 'expired') return { words: expiry(head, outcome, settings), differs: [] };
  const { name, version } = settings.codec;
  const { serializer, serializerVersion } = head;
  if (serializer !== name) {
    return {
      words: `the entry is by the serializer "${serializer}", this call reads with "${name}".`,
      differs: ['serializer'],
    };
  }
  if (serializerVersion === version) return damage(outcome);
  const words = `the entry is by version ${serializerVersion} of the serializer "${name}", this call reads with version ${version}.`;
  return { words, differs: ['serializerVersion'] };
}

function expiry(head: RecordHead, { fallback }: NotFound, { maxAge, clock }: Settings): string {
  const now = clock();
  if (isFromTheFuture(head, now)) {
    return `the entry says that it was saved at ${dateInWords(head.createdAt)}, which is yet to come: a clock is wrong.`;
  }
  const standIn = fallback === undefined ? '' : ' If the function fails, it stands in (staleIfError).';
  return `the entry was ${savedInWords(head, now)} and ${expiredInWords(head, maxAge, now)}.${standIn}`;
}

function expiredInWords(head: RecordHead, maxAge: number | undefined, now: number): string {
  const end = dateInWords(endOf(head, maxAge));
  const ago = timeInWords(-timeLeft(head, { maxAge, grace: 0 }, now));
  const lifetime = durationInWords(endOf(head, Infinity) - head.createdAt);
  const isByMaxAge = endIsBy(head, maxAge) === 'maxAge';
  const by = isByMaxAge
    ? `the maxAge of ${durationInWords(maxAge ?? head.maxAge)}`
    : `the lifetime of ${lifetime} given when it was saved`;
  return `expired ${ago} ago, at ${end}, by ${by}`;
}

function damage({ error }: NotFound): Verdict {
  const { message, cause } = Object(error) as { readonly message?: unknown; readonly cause?: unknown };
  const why = cause === undefined ? '' : ` (${textOf(cause)})`;
  return {
    words: `the entry cannot be used. ${typeof message === 'string' ? message : textOf(error)}${why}.`,
    differs: [],
  };
}

export function remaining(ms: number): string {
  return ms === Infinity ? 'for ever' : `for another ${timeInWords(ms)}`;
}

/** A clock may have been so wrong that no date can hold its time. */
function dateInWords(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms after the epoch` : date.toISOString();
}
