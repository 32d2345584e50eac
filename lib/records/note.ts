import { encodeRecord } from './frame.ts';
import type { Parts } from '../stores/store.ts';

/** What is said of a note. */
export interface NoteTerms {
  readonly id: string;
  /** What kind of note it is. */
  readonly kind: string;
  /** Ms since the epoch. */
  readonly writtenAt: number;
  /** Ms since the epoch. Default: for ever. */
  readonly keepUntil?: number;
}

const NO_FINGERPRINTS = new Uint8Array(0);

/** A note as a record: what the cache keeps for itself beside the items. */
export function encodeNoteRecord({ id, kind, writtenAt, keepUntil = Infinity }: NoteTerms, payload: Uint8Array): Parts {
  const fields = {
    id,
    promised: false,
    kind: 'note',
    createdAt: writtenAt,
    expiresAt: Infinity,
    keepUntil,
    keepsOwnAge: true,
    maxAge: Infinity,
    computeMs: 0,
    serializer: kind,
    serializerVersion: 1,
    encoding: 0,
    name: '',
    identity: '',
    label: '',
    fingerprints: NO_FINGERPRINTS,
  } as const;
  return encodeRecord(fields, payload);
}
