/** Which entries are of code that their function does not have any more. */

import { isItemId } from '../common/ids.ts';
import { parseCount, parseSwitch } from '../options/parse.ts';
import { decodeFingerprints, FINGERPRINT } from '../records/fingerprints.ts';
import { tryHead } from '../records/frame.ts';
import type { RecordHead } from '../records/head.ts';
import type { Steps } from '../runtime/steps.ts';
import { DAY, type Policy, type SupersededTerms } from './policy.ts';
import { type Maintained, peekAt, type Remover } from './records.ts';

/** What `prune` of a cache removes besides. */
export interface PruneFilter {
  /**
   * Also entries of code that their function does not have any more, where another version of it was used later, and they were not
   * used for a day. Default: false.
   */
  readonly superseded?: boolean;
  /**
   * Of how many versions of a function the entries stay, those that were used last: of the others what is superseded goes, however
   * lately it was used. Default: of all.
   */
  readonly keepVersions?: number;
}

/** Which superseded entries go. @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
export function readSuperseded({ superseded, keepVersions }: PruneFilter, owner: string): Pick<Policy, 'superseded'> {
  const isAsked = superseded !== undefined && parseSwitch(superseded, `The option superseded of ${owner}`);
  const keep = keepVersions === undefined ? Infinity : parseCount(keepVersions, `The option keepVersions of ${owner}`);
  return isAsked || keep < Infinity ? { superseded: { unusedFor: isAsked ? DAY : Infinity, keep } } : {};
}

/** The entries of one identity. */
interface Version {
  readonly name: string;
  /** What the files of the function held when the entries were saved. */
  readonly codes: Set<number>;
  lastUsedAt: number;
  readonly ids: string[];
}

/**
 * The versions of functions that entries are of. A function is known by its name and by the files in which it was wrapped; a version
 * by its identity. **A version is superseded when another one of the same function was used later, and no entry says that both were
 * in the files at the same time**: two closures of one factory are two versions, and none supersedes the other.
 */
export class Versions {
  /** Ms since the epoch. */
  readonly now: number;
  readonly #since: number;
  readonly #keep: number;
  readonly #functions = new Map<string, Map<string, Version>>();

  constructor(now: number, { unusedFor, keep = Infinity }: SupersededTerms) {
    this.now = now;
    this.#since = now - unusedFor;
    this.#keep = keep;
  }

  /** Adds an entry. One whose record does not say where its function was wrapped is never superseded. */
  add(head: RecordHead | undefined, lastUsedAt: number): void {
    if (head === undefined || !isItemId(head.id)) return;
    const { id, name, identity, fingerprints, createdAt } = head;
    const { single } = decodeFingerprints(fingerprints);
    const [place, code] = [single.get(FINGERPRINT.place), single.get(FINGERPRINT.code)];
    if (place === undefined || code === undefined) return;
    const version = this.#versionOf(`${name} ${place}`, identity, name);
    version.codes.add(code);
    version.lastUsedAt = Math.max(version.lastUsedAt, lastUsedAt, createdAt);
    // Of those that stay in any case no ids are needed.
    if (this.#keep === Infinity && version.lastUsedAt > this.#since) version.ids.length = 0;
    else version.ids.push(id);
  }

  /** The entries that are superseded, each with the name of its function. */
  *superseded(): Generator<{ readonly id: string; readonly name: string }, void> {
    for (const versions of this.#functions.values()) {
      const all = [...versions.values()].toSorted((one, other) => other.lastUsedAt - one.lastUsedAt);
      const gone = all.filter(
        (version, at) =>
          (version.lastUsedAt <= this.#since || at >= this.#keep) && all.some((other) => supersedes(other, version)),
      );
      for (const { name, ids } of gone) for (const id of ids) yield { id, name };
    }
  }

  /** How many entries are superseded of the functions of each name. */
  countByName(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { name } of this.superseded()) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  }

  #versionOf(fn: string, identity: string, name: string): Version {
    let versions = this.#functions.get(fn);
    if (versions === undefined) this.#functions.set(fn, (versions = new Map<string, Version>()));
    let version = versions.get(identity);
    if (version === undefined) versions.set(identity, (version = { name, codes: new Set(), lastUsedAt: 0, ids: [] }));
    return version;
  }
}

function supersedes(other: Version, version: Version): boolean {
  return other.lastUsedAt > version.lastUsedAt && [...version.codes].every((code) => !other.codes.has(code));
}

/** Removes what is superseded, but for what was saved again since it was listed; of each entry the bytes that this freed. */
export function* removeSuperseded(records: Maintained, versions: Versions, remover: Remover): Steps<readonly number[]> {
  const all: number[] = [];
  for (const { id } of versions.superseded()) {
    const peek = yield* peekAt(records, id);
    const head = typeof peek === 'object' ? tryHead(peek) : undefined;
    // A store may take the look at a record for a use of it.
    if (typeof peek !== 'object' || head === undefined || head.createdAt > versions.now) continue;
    const freed = yield* remover.entry(peek, head.kind === 'run');
    if (freed !== undefined) all.push(freed);
  }
  return all;
}
