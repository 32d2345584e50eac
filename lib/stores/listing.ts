import { asEntry, refuse } from './answers.ts';
import { atOnce, failureOf, type Asked } from './asked.ts';
import type { StoreEntry, StoreKind } from './store.ts';

const QUESTION = { member: 'entries' };

/** What a store lists, of either kind. */
export function entriesOf(asked: Asked<StoreKind>): Iterable<StoreEntry> | AsyncIterable<StoreEntry> {
  return asked.kind === 'sync' ? entriesNow(asked) : entriesLater(asked);
}

/** The records whose ids begin with `prefix`, at once. @throws StoreError */
export function* entriesNow(asked: Asked<StoreKind>, prefix = ''): Generator<StoreEntry, void> {
  const { definition } = asked;
  try {
    const listed = atOnce(definition.entries());
    if (!isIterable(listed)) refuse(listed, 'something to iterate over');
    for (const given of listed) {
      const entry = asEntry(given);
      if (entry.id.startsWith(prefix)) yield entry;
    }
  } catch (error) {
    throw failureOf(error, QUESTION);
  }
}

/** The records whose ids begin with `prefix`. @throws StoreError */
export async function* entriesLater(asked: Asked<StoreKind>, prefix = ''): AsyncGenerator<StoreEntry, void> {
  const { definition } = asked;
  try {
    const listed: unknown = await definition.entries();
    if (!isIterable(listed) && !isAsyncIterable(listed)) refuse(listed, 'something to iterate over');
    for await (const given of listed) {
      const entry = asEntry(given);
      if (entry.id.startsWith(prefix)) yield entry;
    }
  } catch (error) {
    throw failureOf(error, QUESTION);
  }
}

function isIterable(list: unknown): list is Iterable<unknown> {
  return typeof list === 'object' && list !== null && Symbol.iterator in list;
}

function isAsyncIterable(list: unknown): list is AsyncIterable<unknown> {
  return typeof list === 'object' && list !== null && Symbol.asyncIterator in list;
}
