import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { COUNTERS_BASE, COUNTERS_PREFIX, COUNTERS_RESETS } from '../common/ids.ts';
import { perScope } from '../runtime/per-store.ts';
import { carryOutAsync, carryOutSync, each, step, type Steps } from '../runtime/steps.ts';
import {
  isHeld,
  LEASE_TTL,
  type AsyncLease,
  type Counts,
  type HeldLease,
  type Parts,
  type Store,
  type SyncLease,
} from './store.ts';

/** Ms after which a record that was not written again is merged: its thread begins another one after half of that. */
export const ABANDONED = 7_200_000;

/** How many records a reader finds before it merges those that are abandoned. */
const MANY = 64;

/** How often a reader begins again while others merge. */
const ATTEMPTS = 10;

/** What is asked of the store. */
type Records = Pick<Store, 'kind' | 'scope' | 'get' | 'set' | 'delete' | 'entries' | 'lease'>;

/** What a record says. */
interface Content {
  /** Ms since the epoch. */
  readonly writtenAt: number;
  /** The ids of the records that are merged in it, of which some may still be there. */
  readonly merged: readonly string[];
  /** The sums of each group, with the token of the last reset that its writer knew of. */
  readonly groups: Readonly<Record<string, readonly [token: string, sums: Counts]>>;
}

const NOTHING: Content = { writtenAt: 0, merged: [], groups: {} };

/**
 * Counters for a store that has none of its own, in records that are no items. Every thread has a record that it alone rewrites,
 * with the sums of what it has added; a reader adds up all of them, and merges those of threads that are gone into one, under a
 * lease. The merged one names what is in it and is written first, so each record counts once, wherever a process dies.
 *
 * Each `add` reads two or three records and writes one, each `read` lists and reads all: these counters are for what is counted
 * every few seconds. Where the store's leases hold within one process alone, two processes that merge at once may lose counts.
 */
export function countersInRecords<S extends Store>(store: Omit<S, 'counters'> & Records): S['counters'] {
  const { carryOut } = threadOf(store.scope);
  const counters: unknown = {
    areInRecords: true,
    add: (group: string, deltas: Counts) => carryOut(store, add(store, group, deltas)),
    read: (group: string) => carryOut(store, read(store, group)),
    reset: (group: string) => carryOut(store, reset(store, group)),
  };
  return counters as S['counters'];
}

/** What this thread writes over one set of records. */
class Thread {
  id = newId();
  #last: Promise<unknown> = Promise.resolve();

  /** One after the other, for two that rewrite one record at the same time would lose what one of them adds. */
  readonly carryOut = <T>({ kind }: Records, steps: Steps<T>): T | Promise<T> => {
    if (kind === 'sync') return carryOutSync(steps);
    const answer = this.#last.then(async () => carryOutAsync(steps));
    this.#last = answer.catch(() => undefined);
    return answer;
  };
}

const threadOf = perScope(() => new Thread());

function newId(): string {
  return COUNTERS_PREFIX + randomBytes(24).toString('hex').slice(1);
}

function* add(store: Records, group: string, deltas: Counts): Steps<void> {
  const thread = threadOf(store.scope);
  const now = Date.now();
  const { merged } = yield* contentOf(store, COUNTERS_BASE);
  const token = tokenOf(yield* contentOf(store, COUNTERS_RESETS), group);
  let own = yield* contentOf(store, thread.id);
  if (merged.includes(thread.id) || (own !== NOTHING && Math.abs(now - own.writtenAt) > ABANDONED / 2)) {
    thread.id = newId();
    own = NOTHING;
  }
  const sums = plus(sumsOf(own, group, token), deltas);
  yield* write(store, thread.id, { writtenAt: now, merged: [], groups: { ...own.groups, [group]: [token, sums] } });
}

function* read(store: Records, group: string): Steps<Counts> {
  let sums: Counts = {};
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const token = tokenOf(yield* contentOf(store, COUNTERS_RESETS), group);
    const base = yield* contentOf(store, COUNTERS_BASE);
    sums = sumsOf(base, group, token);
    const records = yield* recordsBeside(store, base);
    for (const [, content] of records) sums = plus(sums, sumsOf(content, group, token));
    if (records.size > MANY && attempt === 1) yield* merge(store);
    else if ((yield* contentOf(store, COUNTERS_BASE)).merged.join() === base.merged.join()) break;
  }
  return sums;
}

function* reset(store: Records, group: string): Steps<void> {
  if (Object.keys(yield* read(store, group)).length === 0) return;
  const { groups } = yield* contentOf(store, COUNTERS_RESETS);
  const token = randomBytes(8).toString('hex');
  yield* write(store, COUNTERS_RESETS, { ...NOTHING, groups: { ...groups, [group]: [token, {}] } });
}

/** Puts the sums of abandoned records into one, and removes them; not while another process does. */
function* merge(store: Records): Steps<void> {
  const lease = yield* step<SyncLease | AsyncLease | HeldLease>(store.lease(COUNTERS_BASE, LEASE_TTL));
  if (isHeld(lease)) return;
  try {
    const base = yield* contentOf(store, COUNTERS_BASE);
    for (const id of base.merged) yield* step(store.delete(id));
    const now = Date.now();
    const abandoned = [...(yield* recordsBeside(store, base))].filter(
      ([, { writtenAt }]) => Math.abs(now - writtenAt) >= ABANDONED,
    );
    if (abandoned.length === 0) return;
    const resets = yield* contentOf(store, COUNTERS_RESETS);
    const contents = [base, ...abandoned.map(([, content]) => content)];
    const merged = abandoned.map(([id]) => id);
    yield* write(store, COUNTERS_BASE, { writtenAt: now, merged, groups: mergedGroups(contents, resets) });
    for (const id of merged) yield* step(store.delete(id));
  } finally {
    yield* step<void>(lease.release());
  }
}

function mergedGroups(contents: readonly Content[], resets: Content): Content['groups'] {
  const names = new Set(contents.flatMap(({ groups }) => Object.keys(groups)));
  const groups = [...names].map((group) => {
    const token = tokenOf(resets, group);
    return [group, [token, contents.map((content) => sumsOf(content, group, token)).reduce(plus, {})]] as const;
  });
  return Object.fromEntries(groups);
}

/** The records of threads that are not merged, by id. */
function* recordsBeside(store: Records, { merged }: Content): Steps<Map<string, Content>> {
  const ids: string[] = [];
  yield* each(store.entries(COUNTERS_PREFIX), ({ id }) => {
    const isThread = id.startsWith(COUNTERS_PREFIX) && id !== COUNTERS_BASE && id !== COUNTERS_RESETS;
    if (isThread && !merged.includes(id)) ids.push(id);
  });
  const records = new Map<string, Content>();
  for (const id of ids) records.set(id, yield* contentOf(store, id));
  return records;
}

/** What a record says; nothing for one that is not there, or damaged. */
function* contentOf(store: Records, id: string): Steps<Content> {
  const parts = yield* step<Parts | undefined>(store.get(id));
  return parts === undefined ? NOTHING : decode(Buffer.concat(parts));
}

function* write(store: Records, id: string, content: Content): Steps<void> {
  const json = Buffer.from(JSON.stringify(content));
  const record = Buffer.concat([checksumOf(json), json]);
  yield* step<void>(store.set(id, [record], { expiresAt: Infinity, minor: true }));
}

function decode(record: Buffer): Content {
  const json = record.subarray(4);
  if (record.length < 4 || !checksumOf(json).equals(record.subarray(0, 4))) return NOTHING;
  return JSON.parse(json.toString()) as Content;
}

function checksumOf(bytes: Buffer): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(bytes));
  return checksum;
}

function tokenOf({ groups }: Content, group: string): string {
  return groups[group]?.[0] ?? '';
}

function sumsOf({ groups }: Content, group: string, token: string): Counts {
  const [known, sums] = groups[group] ?? ['', {}];
  return known === token ? sums : {};
}

function plus(one: Counts, other: Counts): Counts {
  const sums = new Map(Object.entries(one));
  for (const [name, count] of Object.entries(other)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
}
