/** What the files of a program say of the names that they declare, and of those that they import. */

import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';

import { pathOfScript } from '../../common/scripts.ts';
import { fileAt, isFile, packageAt, type SourceFile } from './sources.ts';
import type { FileFacts, Imported } from './statements.ts';

/** Of what is declared in more places than this no names are followed. */
const MAX_STATEMENTS = 16;
const EXTENSIONS = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.mjs',
  '.cjs',
  '.jsx',
  '.json',
  '/index.ts',
  '/index.js',
];

/** What a name is declared as. */
export interface Declaration {
  /** The text of the file, and what else counts. */
  readonly counts: readonly string[];
  /** The names in them that are to be followed, each with the file that it stands in. */
  readonly names: readonly (readonly [file: string, name: string])[];
  /** Whether something that counts could not be found. */
  readonly unseen: boolean;
}

/**
 * What a file says of a name; undefined where it says nothing. All of it counts: what fills a table, or configures a client, may stand
 * in any statement of the file, whatever it calls it.
 */
export function declarationOf(path: string, name: string): Declaration | undefined {
  const file = fileAt(path);
  if (file === undefined) return undefined;
  const { facts, digest } = file;
  if (facts === undefined) return { counts: [digest], names: [], unseen: false };
  const imported = facts.imported.get(name);
  if (imported !== undefined) return followImport(path, imported);
  if (!facts.names.has(name)) return undefined;
  const statements = facts.declared(name);
  if (statements.length > MAX_STATEMENTS) return { counts: [facts.text], names: [], unseen: false };
  const followed = statements.flatMap(({ requires }) => requires.map((one) => followImport(path, one)));
  return {
    counts: [facts.text, ...followed.flatMap(({ counts }) => counts)],
    names: [
      ...statements.flatMap(({ names }) =>
        names.filter((other) => other !== name).map((other) => [path, other] as const),
      ),
      ...followed.flatMap(({ names }) => names),
    ],
    unseen: followed.some(({ unseen }) => unseen),
  };
}

function followImport(path: string, { from, name }: Imported): Declaration {
  if (!isRelative(from)) return ofPackage(path, from);
  const target = pathOfImport(path, from);
  if (target === undefined) return { counts: [from], names: [], unseen: true };
  const facts = fileAt(target)?.facts;
  const own = facts?.exported.get(name) ?? name;
  return facts !== undefined && declares(facts, own)
    ? { counts: [], names: [[target, own]], unseen: false }
    : allOf(target);
}

function declares(facts: FileFacts, name: string): boolean {
  return facts.imported.has(name) || facts.declared(name).length > 0;
}

function isRelative(from: string): boolean {
  return /^\.|^\/|^file:/.test(from);
}

function ofPackage(path: string, from: string): Declaration {
  const isOfNode = from.startsWith('node:') || builtinModules.includes(from);
  const label = isOfNode ? from : packageNear(path, from);
  return { counts: [label ?? from], names: [], unseen: label === undefined };
}

/** All that a file says, and all files of the program that it imports. */
function allOf(start: string): Declaration {
  const paths = new Set([start]);
  const counts: string[] = [];
  let unseen = false;
  for (const path of paths) {
    const file = fileAt(path);
    unseen ||= file === undefined;
    counts.push(textOfFile(file));
    for (const from of file?.facts?.specifiers ?? []) {
      if (isRelative(from)) paths.add(targetOf(path, from));
      else counts.push(...ofPackage(path, from).counts);
    }
  }
  return { counts, names: [], unseen };
}

function textOfFile(file: SourceFile | undefined): string {
  return file?.facts?.text ?? file?.digest ?? '';
}

/** A path, whether there is a file or not. */
function targetOf(path: string, from: string): string {
  return pathOfImport(path, from) ?? resolve(dirname(path), from);
}

function pathOfImport(path: string, from: string): string | undefined {
  const base = from.startsWith('file:') ? pathOfScript(from) : resolve(dirname(path), from.replace(/\?.*$/, ''));
  if (base === undefined) return undefined;
  // TypeScript imports `./rates.js` and means `./rates.ts`.
  const bases = [base, base.replace(/\.([mc]?)jsx?$/, '.$1ts'), base.replace(/\.jsx?$/, '.tsx')];
  return bases.flatMap((one) => EXTENSIONS.map((end) => one + end)).find(isFile);
}

function packageNear(path: string, from: string): string | undefined {
  const name = from.split('/').slice(0, from.startsWith('@') ? 2 : 1);
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', ...name);
    if (isFile(join(found, 'package.json'))) return packageAt(found);
    if (folder === dirname(folder)) return undefined;
  }
}
