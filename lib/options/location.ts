import { Buffer } from 'node:buffer';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, resolve, sep } from 'node:path';
import process from 'node:process';

import { invalidArgument } from '../common/errors.ts';
import { checkOptions } from './rows.ts';

/** Where the records of a cache lie. */
export interface Location {
  /** The absolute path of the folder. */
  readonly path: string;
  /** The private folder above it, for a cache that has only a name. */
  readonly root?: string;
}

/** Bytes of the longest name that file systems take for a folder. */
const LONGEST_NAME = 255;

/** Bytes of the longest path that leaves room for the names of files in it: Linux takes 4,095. */
const LONGEST_PATH = 3900;

/**
 * The folder of a cache: below the private root for a name, the path itself for one that {@link pathIn} knows. Reads
 * `$TEMPCACHE_DIR`.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a name that is empty or too long, has a NUL, or would leave the root.
 */
export function locate(nameOrPath: string): Location {
  checkName(nameOrPath);
  const path = pathIn(nameOrPath);
  if (path !== undefined) return checkLength({ path });
  const root = cacheRoot();
  const inside = resolve(root, nameOrPath);
  const below = root.endsWith(sep) ? root : root + sep;
  if (inside === root || !inside.startsWith(below) || nameOrPath.split(/[/\\]/).includes('..')) {
    throw invalidArgument(`The name of a cache must be a folder below ${root}; ${JSON.stringify(nameOrPath)} is not`);
  }
  return checkLength({ path: inside, root });
}

function checkLength(location: Location): Location {
  const { path } = location;
  const isTooLong =
    Buffer.byteLength(path) > LONGEST_PATH || path.split(sep).some((name) => Buffer.byteLength(name) > LONGEST_NAME);
  if (!isTooLong) return location;
  const most = `a folder may have a name of ${LONGEST_NAME} bytes, and a path of ${LONGEST_PATH}`;
  throw invalidArgument(
    `The name of a cache is too long: ${most}; it begins with ${JSON.stringify(path.slice(0, 80))}`,
  );
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
  const path = FROM_HERE.test(given) ? undefined : pathIn(given);
  if (path === undefined)
    throw invalidArgument(`$TEMPCACHE_DIR must be an absolute path; it is ${JSON.stringify(given)}`);
  return path;
}

/** On Windows the temp folder is the user's own already. */
function privateName(): string {
  const uid = process.getuid?.();
  return uid === undefined ? 'tempcache' : `tempcache-${uid}`;
}

/** What is a path from the working directory. */
const FROM_HERE = sep === '/' ? /^\.\.?\// : /^\.\.?[/\\]/;

/**
 * The absolute path that a text stands for, without a slash at its end: itself, below the home folder for one that begins with
 * `~`, from the working directory for one that begins with `./` or `../`. Undefined for a mere name.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for `~` where there is no home folder, and for that of another user
 */
export function pathIn(text: string): string | undefined {
  if (text === '~' || text.startsWith('~/') || text.startsWith(`~${sep}`)) return resolve(home(text), text.slice(2));
  if (text.startsWith('~'))
    throw invalidArgument(`Home folders of other users are not looked up: ${JSON.stringify(text)}`);
  return isAbsolute(text) || FROM_HERE.test(text) ? resolve(text) : undefined;
}

/** The scheme of a URL, in lower case; undefined for a text that has none, or just a letter, as drives of Windows have. */
export function schemeOf(text: string): string | undefined {
  return /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
}

/**
 * The option `path` of a store, which is its only one, as an absolute path.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for options that are unknown or wrong
 */
export function readPath(options: { readonly path: string }, owner: string): string {
  checkOptions(options, ['path'], owner);
  const path: unknown = options?.path;
  checkText(path, `The option path of ${owner}`);
  return pathIn(path as string) ?? resolve(path as string);
}

/** Whether something is a text that {@link schemeOf} finds a scheme in. */
export function isUrl(value: unknown): value is string {
  return typeof value === 'string' && schemeOf(value) !== undefined;
}

function home(text: string): string {
  const path = homeIfAny();
  if (path !== undefined) return path;
  throw invalidArgument(`There is no home folder for ${JSON.stringify(text)}: set $HOME, or give an absolute path`);
}

/** The home folder of this user; undefined where there is none. */
export function homeIfAny(): string | undefined {
  try {
    const path = homedir();
    return isAbsolute(path) ? path : undefined;
  } catch {
    // Neither $HOME nor the system tells, as for a user that a container was given by number.
    return undefined;
  }
}

function checkText(text: unknown, what: string): void {
  if (typeof text !== 'string' || text.trim() === '' || text.includes('\0')) {
    throw invalidArgument(`${what} must be a text that is not empty and has no NUL in it`);
  }
}
