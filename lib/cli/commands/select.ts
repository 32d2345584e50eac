import { homedir } from 'node:os';
import { isAbsolute, join, resolve, sep } from 'node:path';

import { CacheInspector, cacheRoot, listCaches } from '../../inspector/index.ts';
import { Complaint, type ExitCode, isMisuse, misused } from '../command.ts';
import type { Context } from '../context.ts';
import { isUrl, openStore } from '../stores.ts';
import { visible } from '../terminal/text.ts';

/** A cache that a command works on. */
export interface Chosen {
  /** Below the root, or a path. */
  readonly name: string;
  readonly path: string;
  readonly inspector: CacheInspector;
  /** Why the folder cannot even be listed. */
  readonly problem?: string;
}

/** The folder that holds the caches. */
export function rootOf({ common }: Context): string {
  if (common.dir === undefined) return cacheRoot();
  if (common.dir === '') throw misused('--dir needs a folder');
  return resolve(withHome(common.dir));
}

/** The path of a cache that is given by its name below the root or by a path. Nothing is looked at. */
export function pathOf(context: Context, name: string): string {
  if (isUrl(name)) throw misused(`"${name}" is a store, which has no folder`);
  if (name.trim() === '' || name.includes('\0')) throw misused('The name of a cache must not be empty');
  if (isPath(name)) return resolve(withHome(name));
  const root = rootOf(context);
  const path = join(root, name);
  const isBelow = path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
  if (isBelow && !name.split(/[/\\]/).includes('..')) return path.replace(/[/\\]+$/, '');
  throw misused(`"${name}" is not below ${root}: name a cache as \`tempcache ls\` does, or give a path`);
}

/** One cache, which must be there. @throws Complaint */
export function chooseOne(context: Context, name: string): Chosen {
  if (isUrl(name)) return { name, path: name, inspector: inspectorAt(name) };
  const path = pathOf(context, name);
  const inspector = new CacheInspector(path);
  if (inspector.exists()) return { name, path, inspector };
  const cure = isPath(name) ? 'check the path' : '`tempcache ls` shows those there are';
  throw new Complaint(`There is no cache "${name}": ${path} does not exist; ${cure}`);
}

/** A cache by the path of its folder or the URL of its store. @throws Complaint */
export function inspectorAt(path: string): CacheInspector {
  return isUrl(path) ? new CacheInspector(path, { store: openStore(path) }) : new CacheInspector(path);
}

/** The cache of that name, or all below the root. They are closed as the iteration goes on. @throws Complaint */
export function* choose(context: Context, name: string | undefined): Generator<Chosen, void> {
  if (name === undefined) yield* chooseAll(context);
  else yield* closing(chooseOne(context, name));
}

function* chooseAll(context: Context): Generator<Chosen, void> {
  const root = rootOf(context);
  if (context.common.dir !== undefined && !new CacheInspector(root).exists()) {
    throw new Complaint(`The folder ${root} does not exist; check --dir`);
  }
  for (const folder of listCaches(root)) {
    yield* closing({ ...folder, inspector: new CacheInspector(folder.path) });
  }
}

function* closing(chosen: Chosen): Generator<Chosen, void> {
  try {
    yield chosen;
  } finally {
    chosen.inspector.close();
  }
}

/** `./here` and `~/there` are paths as well as `/there`; all else is a name. */
function isPath(name: string): boolean {
  return isAbsolute(name) || /^(?:~|\.\.?)[/\\]/.test(name) || name === '~' || name === '..';
}

function withHome(path: string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(home(path), path.slice(1)) : path;
}

function home(path: string): string {
  try {
    return homedir();
  } catch {
    throw misused(`There is no home folder for "${path}": set HOME, or give an absolute path`);
  }
}

/** One entry and the cache that it is in. */
export interface Found {
  readonly id: string;
  readonly chosen: Chosen;
}

/**
 * The entry whose id begins with a text, in one cache or in all below the root; undefined where there is none.
 *
 * @throws Complaint for a text that is no beginning of an id, or that of several
 */
export function findEntry(context: Context, prefix: string, cache: string | undefined): Found | undefined {
  if (!/^[0-9a-f]{4,64}$/i.test(prefix)) {
    throw misused(
      `"${visible(prefix)}" is no id: give the first 4 or more of its hex characters, as \`tempcache ls\` shows them`,
    );
  }
  const found: Found[] = [];
  for (const chosen of choose(context, cache)) {
    if (chosen.problem !== undefined) continue;
    // The iteration closes what it hands out.
    const { name, path } = chosen;
    for (const id of chosen.inspector.find(prefix))
      found.push({ id, chosen: { name, path, inspector: inspectorAt(path) } });
  }
  if (found.length <= 1) return found[0];
  const ids = new Set(found.map(({ id }) => id));
  const places = found.map(({ id, chosen }) => `  ${id} in ${chosen.name}`).join('\n');
  const cure = ids.size > 1 ? 'give more of the id' : 'name the cache with --cache';
  throw new Complaint(`${found.length} entries begin with ${prefix}; ${cure}:\n${places}`, 2);
}

/** @throws Complaint */
export function findOne(context: Context, prefix: string, cache: string | undefined): Found {
  const found = findEntry(context, prefix, cache);
  if (found !== undefined) return found;
  const where = cache === undefined ? 'any cache' : `the cache "${cache}"`;
  throw new Complaint(`No entry of ${where} begins with ${prefix}; \`tempcache ls <name>\` lists the entries`);
}

/** Which cache something was found in. */
export interface Place {
  readonly name: string;
  readonly path: string;
}

/** A cache that could not be worked on. */
export interface Trouble extends Place {
  readonly problem: string;
}

/** What came of work on one or all caches. */
export interface Survey<T> {
  readonly caches: readonly (Place & T)[];
  readonly problems: readonly Trouble[];
}

/**
 * Does the same with the cache of that name, or with all below the root. Of many, one that cannot be worked on is
 * reported and does not stop the others; a single one throws, and so does an option that cannot be meant.
 */
export function survey<T>(context: Context, name: string | undefined, work: (chosen: Chosen) => T): Survey<T> {
  const caches: (Place & T)[] = [];
  const problems: Trouble[] = [];
  for (const chosen of choose(context, name)) {
    const place = { name: chosen.name, path: chosen.path };
    try {
      if (chosen.problem !== undefined) throw new Error(chosen.problem);
      caches.push({ ...place, ...work(chosen) });
    } catch (error) {
      if (name !== undefined || isMisuse(error)) throw error;
      const problem = (error as Error).message;
      problems.push({ ...place, problem });
      context.remark(`tempcache: ${chosen.name}: ${problem}`);
    }
  }
  if (name === undefined && caches.length + problems.length === 0) {
    context.remark(`There are no caches below ${rootOf(context)}.`);
  }
  return { caches, problems };
}

/** 1 where a cache could not be worked on. */
export function codeOf({ problems }: Survey<unknown>): ExitCode {
  return problems.length > 0 ? 1 : 0;
}

/** The sum of one number over all caches. */
export function sumOf<T>(found: readonly T[], valueOf: (one: T) => number): number {
  return found.reduce((sum, one) => sum + valueOf(one), 0);
}
