import { join } from 'node:path';
import { isAbsent } from './failure.ts';
import { ownFiles, statIfAny } from './listing.ts';
import type { OwnFile } from './listing.ts';
import { readLock } from './lock-file.ts';
import { writerOfTemp } from './names.ts';
import { stateOfWriter } from './writer.ts';
import type { WriterState } from './writer.ts';

/** Ms after which a file is a leftover when nothing can be said about its writer. */
export const UNKNOWN_AGE = 3_600_000;

/** A file that its dead writer has left. */
export interface Leftover {
  readonly name: string;
  readonly bytes: number;
}

/** A temporary file or a lock, and what can be said about who made it. */
export interface WriterFile extends OwnFile {
  readonly bytes: number;
  readonly state: WriterState;
  /** Whether it is nobody's any more. */
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

/** What a sweep would remove. @throws StoreError */
export function* leftoversIn(folder: string): Generator<Leftover, void> {
  for (const { name, bytes, isLeft } of writerFilesIn(folder)) if (isLeft) yield { name, bytes };
}

/** Whether nobody is at a file of this age any more. A time in the future counts as one in the past: clocks jump. */
export function isLeftBehind(state: WriterState, ageMs: number): boolean {
  return state === 'dead' || (state === 'unknown' && Math.abs(ageMs) > UNKNOWN_AGE);
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
