import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { SweepResult } from '../store.ts';
import { isAbsent, storeFailure } from './failure.ts';
import type { FileLeases } from './leases.ts';
import { ownFiles, removeFile, statIfAny, type OwnFile } from './listing.ts';
import { readLock } from './lock-file.ts';
import { writerOfTemp, type FileKind } from './names.ts';
import { isLeftBehind, stateOfWriter, type WriterState } from './writer.ts';

/** A temporary file or a lock, and what can be said about who made it. */
export interface WriterFile extends OwnFile {
  readonly bytes: number;
  readonly state: WriterState;
  /** Whether its writer is gone. */
  readonly isLeft: boolean;
}

/** The temporary files and locks in a folder. Nothing is changed. @throws StoreError */
export function* writerFilesIn(folder: string): Generator<WriterFile, void> {
  for (const file of ownFiles(folder)) {
    if (file.kind !== 'temp' && file.kind !== 'lock') continue;
    const known = look(folder, file);
    if (known !== undefined) yield known;
  }
}

/** Removes the temporary files and leases of the dead, and nothing of the living: all at once, or bit by bit. */
export class Sweeper {
  readonly #folder: string;
  readonly #leases: () => FileLeases;
  /** One that is not at its end yet. */
  #paused: Generator<number | undefined, void> | undefined;

  constructor(folder: string, leases: () => FileLeases) {
    this.#folder = folder;
    this.#leases = leases;
  }

  /** Goes on for so many ms at most; without a limit it begins anew. Throws what the file system says. */
  sweep(ms: number = Infinity): SweepResult {
    if (ms === Infinity) this.close();
    const removed = this.#paused ?? this.#removed();
    this.#paused = undefined;
    const end = performance.now() + ms;
    const found = { leftovers: 0, bytes: 0 };
    for (let result = removed.next(); result.done !== true; result = removed.next()) {
      if (result.value !== undefined) {
        found.leftovers++;
        found.bytes += result.value;
      }
      if (performance.now() < end) continue;
      this.#paused = removed;
      return { ...found, more: true };
    }
    return found;
  }

  /** Gives up one that is not at its end. */
  close(): void {
    this.#paused?.return();
    this.#paused = undefined;
  }

  /** For each file the bytes that it took, or undefined when it stays. */
  *#removed(): Generator<number | undefined, void> {
    for (const { name, kind } of ownFiles(this.#folder)) {
      yield kind === 'record' || kind === 'counters' ? undefined : this.#sweepFile(name, kind);
    }
  }

  #sweepFile(name: string, kind: FileKind): number | undefined {
    const path = join(this.#folder, name);
    const size = statIfAny(path)?.size ?? 0;
    const removed = kind === 'temp' ? sweepTemp(name, path) : sweepLock(name, { path, leases: this.#leases() });
    return removed ? size : undefined;
  }
}

function sweepTemp(name: string, path: string): boolean {
  const state = stateOfWriter(writerOfTemp(name));
  if (state === 'alive') return false;
  const stats = statIfAny(path);
  return stats !== undefined && isLeftBehind(state, Date.now() - stats.mtimeMs) && removeFile(path);
}

function sweepLock(name: string, { path, leases }: { path: string; leases: FileLeases }): boolean {
  try {
    return leases.sweep(name);
  } catch (error) {
    if (isAbsent(error)) return false;
    throw storeFailure('remove the lease', error, { path });
  }
}

/** Undefined for a file that has gone meanwhile. */
function look(folder: string, file: OwnFile): WriterFile | undefined {
  const path = join(folder, file.name);
  const token = file.kind === 'temp' ? writerOfTemp(file.name) : holderOf(path);
  const stats = statIfAny(path);
  if (token === undefined || stats === undefined) return undefined;
  const state = stateOfWriter(token);
  return { ...file, bytes: stats.size, state, isLeft: isLeftBehind(state, Date.now() - stats.mtimeMs) };
}

/** A lock that may not be read is one that nothing can be said about. */
function holderOf(path: string): string | undefined {
  try {
    return readLock(path);
  } catch (error) {
    return isAbsent(error) ? undefined : '';
  }
}
