/** What a user's store answers is believed when it has been looked at. */

import { isUint8Array } from 'node:util/types';
import { classNameOf, describe } from '../common/describe.ts';
import { ID } from '../common/ids.ts';
import { HEAD_BYTES, isHeld, sizeOf, SPLIT_BYTES } from './store.ts';
import type { GivenLease } from './definition.ts';
import type { Counts, HeldLease, Parts, PeekedRecord, StoreEntry, StoreKind, SweepResult } from './store.ts';

/** Makes of an answer what the cache works with. Throws an error that says what is wrong with it. */
export type Check<T> = (answer: unknown) => T;

type Fields = Readonly<Record<string, unknown>>;
type Stat = Omit<StoreEntry, 'id'>;

/** For answers that do not matter. */
export const ignore: Check<void> = () => undefined;

/** The record in memory that may be the store's. */
export const asBytes: Check<Uint8Array | undefined> = (answer) => {
  if (isNothing(answer)) return undefined;
  return isUint8Array(answer) ? answer : refuse(answer, 'a Uint8Array, or undefined where there is no record');
};

export const asBoolean: Check<boolean> = (answer) =>
  typeof answer === 'boolean' ? answer : refuse(answer, 'true or false');

export const asStat: Check<Stat | undefined> = (answer) =>
  isNothing(answer) ? undefined : statOf(asObject(answer, '{ size, savedAt }'));

export const asEntry: Check<StoreEntry> = (answer) => {
  const entry = asObject(answer, '{ id, size, savedAt } for each record');
  const { id } = entry;
  if (typeof id !== 'string' || !ID.test(id))
    return refuse(id, 'what set() was given: 64 lower-case hex characters', 'id');
  return { id, ...statOf(entry) };
};

/** With a copy of the first bytes. */
export const asPeeked: Check<(Stat & Pick<PeekedRecord, 'head'>) | undefined> = (answer) => {
  if (isNothing(answer)) return undefined;
  const peeked = asObject(answer, '{ size, savedAt, head }');
  const { head } = peeked;
  return isUint8Array(head) ? { ...statOf(peeked), head: headOf(head) } : refuse(head, 'a Uint8Array', 'head');
};

export const asStampNumber: Check<number | undefined> = (answer) => {
  if (isNothing(answer)) return undefined;
  const isNumber = typeof answer === 'number' && !Number.isNaN(answer);
  return isNumber ? answer : refuse(answer, 'a number, or undefined where there is no record');
};

export const asCounts: Check<Counts> = (answer) => {
  if (isNothing(answer)) return {};
  const counts = Object.entries(asObject(answer, 'counters by name'));
  const wrong = counts.find(([, count]) => !Number.isSafeInteger(count));
  return wrong === undefined ? (Object.fromEntries(counts) as Counts) : refuse(wrong[1], 'a whole number', wrong[0]);
};

export const asSwept: Check<SweepResult> = (answer) => {
  const { leftovers, bytes, more } = asObject(answer, '{ leftovers, bytes }');
  const swept = { leftovers: asCount(leftovers, 'leftovers'), bytes: asCount(bytes, 'bytes') };
  return more === true ? { ...swept, more } : swept;
};

/** A lease as the store gave it, or who has it. */
export const asLease: Check<GivenLease<StoreKind> | HeldLease> = (answer) => {
  const expected = 'a lease { renew, release }, or { heldBy } where another holder has it';
  const given = asObject(answer, expected);
  if (isHeld(given)) return asHeld(given);
  const isLease = typeof given['renew'] === 'function' && typeof given['release'] === 'function';
  return isLease ? (answer as GivenLease<StoreKind>) : refuse(answer, expected);
};

export const asHeldOrNothing: Check<HeldLease | undefined> = (answer) => {
  if (isNothing(answer)) return undefined;
  const given = asObject(answer, '{ heldBy }');
  return isHeld(given) ? asHeld(given) : refuse(answer, '{ heldBy }, or undefined where nobody has the lease');
};

function asHeld({ heldBy, since }: { readonly heldBy: unknown; readonly since?: unknown }): HeldLease {
  if (!isNothing(heldBy) && typeof heldBy !== 'string') return refuse(heldBy, 'the name of a holder', 'heldBy');
  return { heldBy: heldBy ?? undefined, since: typeof since === 'number' ? since : undefined };
}

/** A copy of a record that belongs to the caller, whatever the store does with its own. */
export function copyOf(bytes: Uint8Array): Parts {
  if (bytes.byteLength <= SPLIT_BYTES) return [new Uint8Array(bytes)];
  const view = viewOf(bytes);
  return [view.slice(0, HEAD_BYTES), view.slice(HEAD_BYTES)];
}

/** A copy of the first bytes of a record. */
export function headOf(bytes: Uint8Array): Uint8Array {
  return viewOf(bytes).slice(0, HEAD_BYTES);
}

/** Not as a subclass has it: `slice` of a Buffer copies nothing. */
function viewOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The parts as one piece of memory that nothing else has. */
export function join(parts: Parts): Uint8Array {
  const bytes = new Uint8Array(sizeOf(parts));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function statOf({ size, savedAt, usedAt }: Fields): Stat {
  const lastUsedAt = isNothing(usedAt) ? asTime(savedAt, 'savedAt') : asTime(usedAt, 'usedAt');
  return { size: asCount(size, 'size'), lastUsedAt };
}

function asObject(answer: unknown, expected: string): Fields {
  return typeof answer === 'object' && answer !== null ? (answer as Fields) : refuse(answer, expected);
}

function asCount(value: unknown, field: string): number {
  const isCount = typeof value === 'number' && Number.isFinite(value) && value >= 0;
  return isCount ? value : refuse(value, 'a number of 0 or more', field);
}

function asTime(value: unknown, field: string): number {
  const isTime = typeof value === 'number' && Number.isFinite(value);
  return isTime ? value : refuse(value, 'a number of ms since the epoch', field);
}

function isNothing(answer: unknown): answer is undefined | null {
  return answer === undefined || answer === null;
}

/** Throws for an answer that is wrong, or a field of one. */
export function refuse(answer: unknown, expected: string, field?: string): never {
  throw new Error(`it gave ${show(answer)}${field === undefined ? '' : ` as ${field}`} instead of ${expected}`);
}

/** What something is, in words for an error message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 80))}`;
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return String(value);
  return classNameOf(value) === 'Object' ? 'an object' : describe(value);
}
