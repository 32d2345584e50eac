import { homedir, tmpdir } from 'node:os';
import { isAbsolute, resolve, sep } from 'node:path';
import process from 'node:process';

import { invalidArgument } from '../common/errors.ts';

/** Where the records of a cache lie. */
export interface Location {
  /** The absolute path of the folder. */
  readonly path: string;
  /** The private folder above it, for a cache that has only a name. */
  readonly root?: string;
}

/**
 * The folder of a cache: below the private root for a name, the path itself for an absolute one or one that begins
 * with `~`. Reads `$TEMPCACHE_DIR`.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a name that is empty, has a NUL, or would leave the root.
 */
export function locate(nameOrPath: string): Location {
  checkName(nameOrPath);
  const path = asPath(nameOrPath);
  if (path !== undefined) return { path };
  const root = cacheRoot();
  const inside = resolve(root, nameOrPath);
  const below = root.endsWith(sep) ? root : root + sep;
  if (inside === root || !inside.startsWith(below) || nameOrPath.split(/[/\\]/).includes('..')) {
    throw invalidArgument(`The name of a cache must be a folder below ${root}; ${JSON.stringify(nameOrPath)} is not`);
  }
  return { path: inside, root };
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no name and no path. */
export function checkName(nameOrPath: unknown): void {
  checkText(nameOrPath, 'The name of a cache');
}

/**
 * The private root, below which caches lie that have only a name: `$TEMPCACHE_DIR`, or a folder of this user's own in the temp
 * folder. It may not be there yet.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) when `$TEMPCACHE_DIR` is no absolute path.
 */
export function cacheRoot(): string {
  const given = process.env['TEMPCACHE_DIR'];
  if (given === undefined || given === '') return resolve(tmpdir(), privateName());
  checkText(given, '$TEMPCACHE_DIR');
  const path = asPath(given);
  if (path === undefined)
    throw invalidArgument(`$TEMPCACHE_DIR must be an absolute path; it is ${JSON.stringify(given)}`);
  return path;
}

/** On Windows the temp folder is the user's own already. */
function privateName(): string {
  const uid = process.getuid?.();
  return uid === undefined ? 'tempcache' : `tempcache-${uid}`;
}

/** An absolute path without a slash at its end, or undefined for a mere name. */
function asPath(text: string): string | undefined {
  if (text === '~' || text.startsWith('~/') || text.startsWith(`~${sep}`)) return resolve(homedir(), text.slice(2));
  if (text.startsWith('~'))
    throw invalidArgument(`Home folders of other users are not looked up: ${JSON.stringify(text)}`);
  return isAbsolute(text) ? resolve(text) : undefined;
}

function checkText(text: unknown, what: string): void {
  if (typeof text !== 'string' || text.trim() === '' || text.includes('\0')) {
    throw invalidArgument(`${what} must be a text that is not empty and has no NUL in it`);
  }
}
