import type { Given } from './command.ts';
import { misused } from './complaint.ts';

/** An option with a value. */
export function textOf(options: Given, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A number of rows: `Infinity` for `all`, undefined where it is not given. @throws Complaint */
export function limitOf(options: Given): number | undefined {
  const text = textOf(options, 'limit');
  if (text === undefined) return undefined;
  return text === 'all' ? Infinity : wholeNumber(text, '--limit', ' or "all"');
}

/** A whole number of 1 or more. @throws Complaint */
export function countOf(options: Given, name: string, flag: string): number | undefined {
  const text = textOf(options, name);
  return text === undefined ? undefined : wholeNumber(text, flag);
}

/** One of a few words. @throws Complaint */
export function choiceOf<T extends string>(options: Given, name: string, choices: readonly T[]): T | undefined {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  const choice = choices.find((known) => known === text);
  if (choice === undefined) throw misused(`--${name} must be one of ${choices.join(', ')}; it is "${text}"`);
  return choice;
}

function wholeNumber(text: string, flag: string, or = ''): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw misused(`${flag} must be a whole number of 1 or more${or}; it is "${text}"`);
}
