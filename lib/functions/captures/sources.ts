/** The files that functions stand in: which package they are of, and what they declare. The only file of this room that reads the disk. */

import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { fileFactsOf, type FileFacts } from './statements.ts';

/** Larger files count as a whole. */
const MAX_BYTES = 1_000_000;
/** What is known of a file. */
export interface SourceFile {
  /** The digest of all of it. */
  readonly digest: string;
  /** Undefined for one that is too large, and for what is no program. */
  readonly facts: FileFacts | undefined;
}

const files = new Map<string, SourceFile | undefined>();
const packages = new Map<string, string>();

/** Makes the identity one of this process alone: its files were edited while it ran, and tell nothing of what it runs. */
const EDITED = `edited ${process.pid} ${Date.now()} ${Math.random()}`;
const STARTED = Date.now() - process.uptime() * 1000;

/** Undefined for a file that cannot be read. */
export function fileAt(path: string): SourceFile | undefined {
  if (!files.has(path)) files.set(path, readFile(path));
  return files.get(path);
}

function readFile(path: string): SourceFile | undefined {
  try {
    const { mtimeMs, size } = statSync(path);
    if (mtimeMs > STARTED) return { digest: EDITED, facts: undefined };
    const text = readFileSync(path, 'utf8');
    const isProgram = size <= MAX_BYTES && !path.endsWith('.json');
    return { digest: hash('sha256', text, 'hex'), facts: isProgram ? fileFactsOf(text) : undefined };
  } catch {
    return undefined;
  }
}

/** Whether files are as they were when the process was started: what runs is what they say. */
export function areUnedited(paths: readonly string[]): boolean {
  return paths.every((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) <= STARTED);
}

/** The digest of the content of a file; undefined for one that cannot be read. */
export function digestOfFile(path: string): string | undefined {
  return fileAt(path)?.digest;
}

/** `zod@4.1.0` for a file of a package in `node_modules`, undefined for a file of the program. */
export function packageOf(path: string): string | undefined {
  const match = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)/.exec(path);
  return match?.[1] === undefined ? undefined : packageAt(match[1]);
}

/** The same for the folder of a package. */
export function packageAt(folder: string): string {
  let label = packages.get(folder);
  if (label === undefined) {
    label = folder.replace(/^.*node_modules[\\/]/, '').replaceAll('\\', '/');
    try {
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: unknown };
      label += `@${String(version)}`;
    } catch {
      // A folder without a version is one all the same.
    }
    packages.set(folder, label);
  }
  return label;
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
