/** Judges the records of a store by a policy, reading no more of them than that needs. */

import { Buffer } from 'node:buffer';

import { decodeRecord, type StoredRecord, tryHead } from '../records/frame.ts';
import type { RecordHead } from '../records/head.ts';
import { chunkIdOf, nameOfChunk, type ChunkName } from '../runs/chunks.ts';
import { readRuns } from '../runs/manifest.ts';
import type { Steps } from '../runtime/steps.ts';
import { HEAD_BYTES, type Parts, type StoreEntry } from '../stores/store.ts';
import { isAskedFor, isOldChunk, judgeEntry, mayGoUnread, readsRecords, type Policy, type Verdict } from './policy.ts';
import { type Maintained, partsAt, type Peek, peekAt } from './records.ts';
import { lastUseOf } from '../usage/last-use.ts';
import type { Versions } from './versions.ts';

/** Bytes up to which a record is read whole at once: that takes half as long as to read its head first. */
const SMALL = 16_384;

/** Bytes of a payload that say what it belongs to: the name of a chunk, the runs of a manifest. */
const NAME_BYTES = 64;

/** Why there is no record to judge. */
type NotRead = 'absent' | 'unreadable';

/** What is to be done about an entry. */
export interface Judgement {
  readonly verdict: Verdict | 'unreadable';
  /** The record that was judged; undefined for one that stays. */
  readonly record?: Peek;
  /** Whether it is the run of a generator, whose chunks go with it. */
  readonly isRun?: boolean;
}

const GOOD: Judgement = { verdict: 'good' };

/** Judges entries. */
export class EntryJudge {
  readonly #records: Maintained;
  readonly #policy: Policy;
  readonly #versions: Versions | undefined;

  /** `versions`: are told of all entries that have a good head and are to stay. */
  constructor(records: Maintained, policy: Policy, versions?: Versions) {
    this.#records = records;
    this.#policy = policy;
    this.#versions = versions;
  }

  /** `'absent'` for one that has gone. @throws UnsafeFolderError */
  *judge(entry: StoreEntry): Steps<Judgement | 'absent'> {
    const isAtOnce = readsRecords(this.#policy) && entry.size <= SMALL;
    const judged = isAtOnce ? yield* this.#judgeAtOnce(entry) : yield* this.#judgeByHead(entry);
    return judged === 'unreadable' ? { verdict: judged } : judged;
  }

  *#judgeAtOnce(entry: StoreEntry): Steps<Judgement | NotRead> {
    const parts = yield* partsAt(this.#records, entry.id);
    if (typeof parts === 'string') return parts;
    const { head, isWhole } = decode(parts, entry.id);
    const byHead = this.#judgeHead(head, entry);
    if (byHead === 'kept' || (byHead === 'good' && isWhole)) return GOOD;
    const bytes = Buffer.concat(parts);
    const record = { ...entry, size: bytes.length, head: bytes.subarray(0, HEAD_BYTES) };
    return { verdict: byHead === 'good' ? 'corrupt' : byHead, record, isRun: head?.kind === 'run' };
  }

  *#judgeByHead({ id }: StoreEntry): Steps<Judgement | NotRead> {
    const record = yield* peekAt(this.#records, id);
    if (typeof record === 'string') return record;
    const head = tryHead(record);
    const byHead = this.#judgeHead(head, record);
    const isRun = head?.kind === 'run';
    if (byHead !== 'good') return byHead === 'kept' ? GOOD : { verdict: byHead, record, isRun };
    if (!readsRecords(this.#policy)) return GOOD;
    const parts = yield* partsAt(this.#records, id);
    if (typeof parts === 'string') return parts;
    return decode(parts, id).isWhole ? GOOD : { verdict: 'corrupt', record, isRun };
  }

  /** `'kept'` for a record that stays, whether its payload is good or not. */
  #judgeHead(head: RecordHead | undefined, entry: StoreEntry): Verdict | 'kept' {
    const now = this.#records.clock();
    const lastUsedAt = lastUseOf(this.#records, entry);
    if (head === undefined) return mayGoUnread(lastUsedAt, this.#policy, now) ? 'corrupt' : 'kept';
    if (!isAskedFor(head, this.#policy.pruner)) return 'kept';
    const verdict = judgeEntry({ head, lastUsedAt }, this.#policy, now);
    if (verdict === 'good') this.#versions?.add(head, lastUsedAt);
    return verdict;
  }
}

/** The head, if it is a good one, valid as long as the parts; and whether all of the record is as it was saved. */
function decode(parts: Parts, id: string): { readonly head: RecordHead | undefined; readonly isWhole: boolean } {
  try {
    return { head: decodeRecord(parts, id).head, isWhole: true };
  } catch {
    return { head: tryHead({ id, head: Buffer.concat(parts) }), isWhole: false };
  }
}

/** What is known of the run that an item has: its token, or why there is none. */
type RunState = { readonly token: string } | 'corrupt' | NotRead;

/** Judges the chunks of generators' runs: of use, or left by a run that never came to its end or is gone. */
export class ChunkJudge {
  readonly #records: Maintained;
  readonly #policy: Policy;
  readonly #runs = new Map<string, RunState>();

  constructor(records: Maintained, policy: Policy) {
    this.#records = records;
    this.#policy = policy;
  }

  /** @throws UnsafeFolderError */
  *judge(entry: StoreEntry): Steps<'good' | 'leftovers' | 'unreadable'> {
    const chunk = yield* this.#read(entry.id, ({ head: { createdAt, identity }, payload }) => ({
      ...nameOfChunk(payload),
      createdAt,
      identity,
    }));
    const now = this.#records.clock();
    if (chunk === 'unreadable') return chunk;
    if (chunk === 'absent') return 'good';
    if (chunk === 'corrupt')
      return mayGoUnread(lastUseOf(this.#records, entry), this.#policy, now) ? 'leftovers' : 'good';
    if (!isAskedFor(chunk, this.#policy.pruner)) return 'good';
    if (chunkIdOf(chunk) !== entry.id) return 'leftovers';
    return isOldChunk(chunk, now) && !isUsedBy(yield* this.#runOf(chunk.id), chunk) ? 'leftovers' : 'good';
  }

  *#runOf(id: string): Steps<RunState> {
    const known = this.#runs.get(id);
    if (known !== undefined) return known;
    const run = yield* this.#read(id, (record) => ({ token: readRuns(record, id).token }));
    this.#runs.set(id, run);
    return run;
  }

  /** What `read` makes of a whole record or, where damage is not looked for, of its beginning if that says enough. */
  *#read<T>(id: string, read: (record: StoredRecord) => T): Steps<T | 'corrupt' | NotRead> {
    const beginning = readsRecords(this.#policy) ? undefined : yield* this.#beginningOf(id);
    if (typeof beginning === 'string') return beginning;
    const parts = beginning === undefined ? yield* partsAt(this.#records, id) : [];
    if (typeof parts === 'string') return parts;
    try {
      return read(beginning ?? decodeRecord(parts, id));
    } catch {
      return 'corrupt';
    }
  }

  /** Undefined where it does not say what the record belongs to. */
  *#beginningOf(id: string): Steps<StoredRecord | undefined | 'corrupt' | NotRead> {
    const peek = yield* peekAt(this.#records, id);
    if (typeof peek === 'string') return peek;
    const head = tryHead(peek);
    if (head === undefined) return 'corrupt';
    const payload = peek.head.subarray(head.length);
    return payload.length >= NAME_BYTES ? { head, payload } : undefined;
  }
}

/** A run that cannot be read for the moment may use all its chunks. */
function isUsedBy(run: RunState, { token }: ChunkName): boolean {
  return run === 'unreadable' || (typeof run === 'object' && run.token === token);
}
