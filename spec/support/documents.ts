import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** A Markdown file of the repository. */
export interface Document {
  /** From the top folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** A block of code. */
export interface Fence {
  /** The first word after the backticks. */
  readonly language: string;
  /** The words after it. */
  readonly flags: readonly string[];
  readonly code: string;
  /** The number of its first line, from 1. */
  readonly line: number;
  /** The heading above it. */
  readonly title: string;
}

/** A block of code that runs, and what it shows that it prints. */
export interface Example {
  readonly title: string;
  readonly line: number;
  readonly code: string;
  /** How it is run: as an ES module, a CommonJS module, a TypeScript module, or by `node --test`. */
  readonly kind: 'mjs' | 'cjs' | 'mts' | 'test';
  /** The lines that it prints. */
  readonly prints: readonly string[];
  /** The lines that a second process prints, where the document shows them. */
  readonly again: readonly string[] | undefined;
}

/** The languages of blocks that are not run. */
const SHOWN = ['sh', 'console', 'text', 'json', 'yaml', 'powershell', 'typescript', 'javascript'];
const RUN = ['js', 'ts'];

export const root: string = join(import.meta.dirname, '..', '..');

/** A document of the repository by its path. */
export function documentAt(path: string): Document {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

const pages = readdirSync(join(root, 'extras', 'docs')).filter((name) => name.endsWith('.md'));

/** The README, the guide and the map of lib. */
export const documents: readonly Document[] = [
  'README.md',
  'lib/README.md',
  ...pages.toSorted().map((name) => `extras/docs/${name}`),
].map(documentAt);

/** The blocks of code of a document. @throws Error for one that is never closed, or of a language that is not known */
export function fencesOf({ path, text }: Document): readonly Fence[] {
  const fences: Fence[] = [];
  let title = '';
  let open: { readonly info: string; readonly line: number; readonly code: string[] } | undefined;
  text.split('\n').forEach((content, index) => {
    const [, info] = /^\s*```(.*)$/.exec(content) ?? [];
    if (info === undefined) {
      if (open !== undefined) open.code.push(content);
      else title = /^#+ (.*)$/.exec(content)?.[1] ?? title;
    } else if (open === undefined) open = { info, line: index + 1, code: [] };
    else {
      const [language = '', ...flags] = open.info.split(' ');
      fences.push({ language, flags, code: `${open.code.join('\n')}\n`, line: open.line, title });
      open = undefined;
    }
  });
  if (open !== undefined) throw new Error(`${path}: a block of code is never closed`);
  const strange = fences.find(({ language }) => ![...RUN, ...SHOWN].includes(language));
  if (strange !== undefined) throw new Error(`${path}:${strange.line}: a block of the language "${strange.language}"`);
  return fences;
}

/**
 * The examples of a document: its blocks in `js` and `ts`; `js cjs` is a CommonJS module, `js test` is run by `node --test`.
 * What one prints stands in a block `text output` right after it or, else, in comments at the ends of calls that print, ` / `
 * between lines: every `console.log(...); // 42`, and a call at the beginning of a line, `double(1); // miss absent / save`.
 * A block `text again` after it says what a second process prints.
 */
export function examplesOf(document: Document): readonly Example[] {
  const fences = fencesOf(document);
  const shown = (index: number, flag: string): readonly string[] | undefined => {
    const { language, flags, code } = fences[index] ?? {};
    return language === 'text' && flags?.includes(flag) === true ? linesOf(code ?? '') : undefined;
  };
  return fences.flatMap(({ language, flags, code, line, title }, index) => {
    if (!RUN.includes(language)) return [];
    const output = shown(index + 1, 'output');
    const again = shown(output === undefined ? index + 1 : index + 2, 'again');
    return [{ title, line, code, kind: kindOf(language, flags), prints: output ?? promisesOf(code), again }];
  });
}

function kindOf(language: string, flags: readonly string[]): Example['kind'] {
  if (language === 'ts') return 'mts';
  if (flags.includes('test')) return 'test';
  return flags.includes('cjs') ? 'cjs' : 'mjs';
}

function promisesOf(code: string): readonly string[] {
  const comments = [...code.matchAll(/^(?: *console\.log|\w+)\(.*\); \/\/ (.*)$/gm)];
  return comments.flatMap(({ 1: comment = '' }) => comment.split(' / '));
}

/** The lines of a text without blanks at their ends, and without empty lines at the end of it. */
export function linesOf(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** The rows of the tables of a text, cell by cell, so that blanks which only line up columns do not count. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  const rows = text.split('\n').filter((line) => /^\s*\|/.test(line) && !/^[\s|:-]+$/.test(line));
  return rows.map((row) => row.split('|').map((cell) => cell.trim()));
}

/** What stands between two comments: `<!-- survival table -->` and `<!-- end of survival table -->`. */
export function partOf({ path, text }: Document, name: string): string {
  const start = `<!-- ${name} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf(`<!-- end of ${name} -->`);
  if (from < 0 || to < from) throw new Error(`${path}: there is no part "${name}"`);
  return text.slice(from + start.length, to);
}

/** The text of a document outside of blocks of code and code within lines. */
function proseOf({ text }: Document): string {
  return text.replaceAll(/^\s*```[\s\S]*?^\s*```\s*$/gm, '').replaceAll(/`[^`\n]*`/g, '``');
}

/** The anchors of a document, as GitHub makes them of its headings. */
export function anchorsOf({ text }: Document): readonly string[] {
  const seen = new Map<string, number>();
  const headings = text.replaceAll(/^\s*```[\s\S]*?^\s*```\s*$/gm, '').matchAll(/^#+ (.*)$/gm);
  return Array.from(headings, ({ 1: heading = '' }) => {
    const anchor = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

/** Links of a document to files and anchors of the repository that are not there. */
export function brokenLinksOf(document: Document): readonly string[] {
  const prose = proseOf(document);
  const inline = prose.matchAll(/\]\(([^)\s]+)\)/g);
  const defined = prose.matchAll(/^\[[^\]^]+\]: (\S+)$/gm);
  const targets = [...inline, ...defined].map(({ 1: target = '' }) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !isThere(document, target));
}

function isThere(document: Document, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? document.path : relative(root, join(root, dirname(document.path), file));
  if (path.startsWith('..') || !existsSync(join(root, path))) return false;
  return anchor === undefined || (path.endsWith('.md') && anchorsOf(documentAt(path)).includes(anchor));
}
