/** Entries from one store to another, and into an archive and out of it. */

import { invalidArgument } from '../common/errors.ts';
import { isChunkId, isItemId } from '../common/ids.ts';
import { checkOptions } from '../options/rows.ts';
import { decodeRecord, readHead } from '../records/frame.ts';
import type { RecordHead } from '../records/head.ts';
import { chunkIdOf } from '../runs/chunks.ts';
import { readRuns } from '../runs/manifest.ts';
import { ArchiveWriter, readArchive } from '../stores/file/archive.ts';
import { checkStore } from '../stores/define-store.ts';
import { sizeOf, type Parts, type Store } from '../stores/store.ts';

/** What is copied. */
export interface CopyOptions {
  /** Entries of the functions of this name alone; an empty text for items that no function made. Default: all. */
  readonly name?: string;
  /** Called after each entry with the number of those that were looked at. */
  readonly onProgress?: (done: number) => void;
}

/** What came of it. */
export interface CopyReport {
  /** Entries, and the bytes of these with all their parts. */
  readonly copied: number;
  readonly bytes: number;
  /** Entries that were there already, as new or newer. */
  readonly kept: number;
  /** Records that are damaged or could not be read, and were left out. */
  readonly damaged: number;
}

/** A record that is whole. */
interface Piece {
  readonly id: string;
  readonly head: RecordHead;
  readonly parts: Parts;
}

/**
 * Copies entries as they are, with their times and all that generators gave, from one store to another: between machines, or from files
 * to a database. An entry of the target that is as new or newer stays. Damaged ones are left out. Neither store is closed.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for unknown options and where both are one; what the stores throw
 */
export async function copyEntries(from: Store, to: Store, options: CopyOptions = {}): Promise<CopyReport> {
  const [source, target] = [checkStore(from) as Store, checkStore(to) as Store];
  if (source.scope === target.scope) throw invalidArgument('copyEntries() needs two stores, and was given one twice');
  const copy = new Copy(options, 'copyEntries()');
  await copy.all(source, {
    isWanted: async (head) => isNewer(head, target),
    put: async (piece) => put(target, piece),
  });
  return copy.report;
}

/** As {@link copyEntries}, into one file for {@link importEntries}, which takes the place of an older one when it is whole. @throws StoreError */
export async function exportEntries(from: Store, path: string, options: CopyOptions = {}): Promise<CopyReport> {
  const source = checkStore(from) as Store;
  const copy = new Copy(options, 'exportEntries()');
  const archive = new ArchiveWriter(path);
  try {
    await copy.all(source, { isWanted: async () => true, put: async ({ id, parts }) => archive.add(id, parts) });
    archive.end();
  } catch (error) {
    archive.abandon();
    throw error;
  }
  return copy.report;
}

/** As {@link copyEntries}, from a file of {@link exportEntries}. @throws StoreError for one that is none, or was cut off */
export async function importEntries(
  path: string,
  to: Store,
  options: Pick<CopyOptions, 'onProgress'> = {},
): Promise<CopyReport> {
  checkOptions(options, ['onProgress'], 'importEntries()');
  const target = checkStore(to) as Store;
  const copy = new Copy(options, 'importEntries()');
  for (const { id, bytes } of readArchive(path)) await copy.one(id, [bytes], target);
  return copy.report;
}

interface Target {
  isWanted(head: RecordHead): Promise<boolean>;
  put(piece: Piece): Promise<void>;
}

class Copy {
  readonly report = { copied: 0, bytes: 0, kept: 0, damaged: 0 };
  readonly #name: string | undefined;
  readonly #onProgress: ((done: number) => void) | undefined;
  #done = 0;

  constructor(options: CopyOptions, owner: string) {
    checkOptions(options, ['name', 'onProgress'], owner);
    this.#name = options.name;
    this.#onProgress = options.onProgress;
  }

  /** Ids are gathered first: a listing need not bear that others write for so long. */
  async all(source: Store, target: Target): Promise<void> {
    const ids: string[] = [];
    for await (const { id } of source.entries()) if (isItemId(id)) ids.push(id);
    for (const id of ids) {
      const pieces = await this.#piecesOf(source, id, target);
      for (const piece of pieces) {
        await target.put(piece);
        this.report.bytes += sizeOf(piece.parts);
      }
      if (pieces.length > 0) this.report.copied++;
      this.#onProgress?.(++this.#done);
    }
  }

  /** A record of an archive, in which the parts of a run stand before it. */
  async one(id: string, parts: Parts, target: Store): Promise<void> {
    const piece = this.#check(id, parts);
    if (piece === undefined) return;
    if (isItemId(id)) {
      this.#onProgress?.(++this.#done);
      if (!(await isNewer(piece.head, target))) return void this.report.kept++;
      this.report.copied++;
    } else if (!isChunkId(id)) return;
    await put(target, piece);
    this.report.bytes += sizeOf(parts);
  }

  /** The record of an item behind those of its parts; nothing for one that is not to be copied. */
  async #piecesOf(source: Store, id: string, target: Target): Promise<Piece[]> {
    const piece = await this.#read(source, id);
    if (piece === undefined || (this.#name !== undefined && piece.head.name !== this.#name)) return [];
    if (!(await target.isWanted(piece.head))) {
      this.report.kept++;
      return [];
    }
    const pieces: Piece[] = [];
    if (piece.head.kind === 'run') {
      const { token, chunks } = readRuns(decodeRecord(piece.parts, id), id);
      for (let index = 0; index < chunks; index++) {
        const chunk = await this.#read(source, chunkIdOf({ id, token, index }));
        if (chunk === undefined) return [];
        pieces.push(chunk);
      }
    }
    return [...pieces, piece];
  }

  async #read(source: Store, id: string): Promise<Piece | undefined> {
    const parts = await source.get(id);
    // What the store lends is valid until its next call.
    return (
      parts &&
      this.#check(
        id,
        parts.map((part) => new Uint8Array(part)),
      )
    );
  }

  #check(id: string, parts: Parts): Piece | undefined {
    try {
      return { id, parts, head: decodeRecord(parts, id).head };
    } catch {
      this.report.damaged++;
      return undefined;
    }
  }
}

async function put(target: Store, { id, head, parts }: Piece): Promise<void> {
  await target.set(id, parts, { expiresAt: head.keepUntil });
}

/** Whether the target has no such entry, a damaged one, or an older one. */
async function isNewer({ id, createdAt }: RecordHead, target: Store): Promise<boolean> {
  const peeked = await target.peek(id);
  if (peeked === undefined) return true;
  try {
    return readHead(peeked.head, id).createdAt < createdAt;
  } catch {
    return true;
  }
}
