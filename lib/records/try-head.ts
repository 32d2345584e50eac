import { readHead } from './frame.ts';
import type { RecordHead } from './head.ts';
import type { StoreGlimpse } from '../stores/store.ts';

/** The head of what a store showed of a record, or undefined when it is not a good one. */
export function tryHead(glimpse: StoreGlimpse): RecordHead | undefined {
  try {
    return readHead(glimpse.head, glimpse.id);
  } catch {
    return undefined;
  }
}
