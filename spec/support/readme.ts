import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An example of the README: its code, and what its comments say that it prints. */
export interface Example {
  readonly title: string;
  readonly code: string;
  readonly prints: readonly string[];
}

export const readme: string = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');

/**
 * The examples in JavaScript. A comment at the end of a call that prints says what it prints, ` / ` between lines: every
 * `console.log(...); // 42`, and a call at the beginning of a line, `double(1); // miss absent / save`.
 */
export function examplesOf(markdown: string): readonly Example[] {
  return [...markdown.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(({ 1: code = '', index }) => ({
    title: titleBefore(markdown, index),
    code,
    prints: promisesOf(code),
  }));
}

function titleBefore(markdown: string, index: number): string {
  const headings = [...markdown.slice(0, index).matchAll(/^#+ (.*)$/gm)];
  return headings.at(-1)?.[1] ?? '';
}

function promisesOf(code: string): readonly string[] {
  const comments = [...code.matchAll(/^(?: *console\.log|\w+)\(.*\); \/\/ (.*)$/gm)];
  return comments.flatMap(({ 1: comment = '' }) => comment.split(' / '));
}
