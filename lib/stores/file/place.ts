import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ifAny } from './failure.ts';

/** Makes a file that only its owner can read, and the folders above it, where they are missing. Throws what the file system says. */
export function makePrivateFile(path: string): void {
  if (existsSync(path)) return;
  makePrivateFolder(dirname(path));
  closeSync(openSync(path, 'a', 0o600));
}

/** Makes a folder that only its owner can enter, where it is missing. Throws what the file system says. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** A number that another file at this path has not, while this one is open; undefined where there is none. */
export function fileNumber(path: string): number | undefined {
  return ifAny(() => statSync(path).ino);
}
