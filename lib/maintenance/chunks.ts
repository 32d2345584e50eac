import { tryHead } from '../records/try-head.ts';
import type { StoredRecord } from '../records/frame.ts';
import { chunkIdOf, nameOfChunk, type ChunkName } from '../runs/chunks.ts';
import { readRuns } from '../runs/manifest.ts';
import type { Steps } from '../runtime/steps.ts';
import type { StoreEntry } from '../stores/store.ts';
import { isAskedFor, isOldChunk, mayGoUnread, readsRecords, type Policy } from './policy.ts';
import { lastUseOf, peekAt, readAt, type Maintained } from './records.ts';

/** Bytes of a payload that say what it belongs to: the name of a chunk, the runs of a manifest. */
const NAME_BYTES = 64;

/** Why there is no record to judge. */
type NotRead = 'absent' | 'corrupt' | 'unreadable';

/** What is known of the run that an item has: its token, or why there is none. */
type RunState = { readonly token: string } | NotRead;

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

  /** As `readAt`; where damage is not looked for, from the beginning of a record if that says enough. */
  *#read<T>(id: string, read: (record: StoredRecord) => T): Steps<T | NotRead> {
    if (readsRecords(this.#policy)) return yield* readAt(this.#records, id, read);
    const peek = yield* peekAt(this.#records, id);
    if (typeof peek === 'string') return peek;
    const head = tryHead(peek);
    if (head === undefined) return 'corrupt';
    const payload = peek.head.subarray(head.length);
    if (payload.length < NAME_BYTES) return yield* readAt(this.#records, id, read);
    try {
      return read({ head, payload });
    } catch {
      return 'corrupt';
    }
  }
}

/** A run that cannot be read for the moment may use all its chunks. */
function isUsedBy(run: RunState, { token }: ChunkName): boolean {
  return run === 'unreadable' || (typeof run === 'object' && run.token === token);
}
