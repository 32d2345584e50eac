import { readHead } from './frame.ts';
import type { RecordHead } from './head.ts';

/** The beginning of a record, as a store shows it. */
export interface Beginning {
  readonly id: string;
  /** At least all of its head. */
  readonly head: Uint8Array;
}

/** The head of a record, or undefined when it is not a good one. */
export function tryHead({ id, head }: Beginning): RecordHead | undefined {
  try {
    return readHead(head, id);
  } catch {
    return undefined;
  }
}
