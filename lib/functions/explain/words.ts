/** How an explanation puts things: full sentences, whose parts are the same everywhere. */

import { MARK, type Marks, type MarkTag } from '../../records/fingerprints.ts';
import type { DifferingPart } from './compare.ts';

/** The marks of the call that is explained, and of a stored one. */
export interface Compared {
  readonly wanted: Marks;
  readonly stored: Marks;
}

const SIMPLE: Readonly<Partial<Record<DifferingPart, string>>> = {
  salt: 'it was saved under another salt',
  name: 'the name is given in another way, by the option name or by the function itself',
  source: 'the source of the function has changed',
  kind: 'the function has become async or a generator, or is no longer',
  ignoreThis: 'the option ignoreThis has changed',
  wrapped: 'the cached function that it caches once more has changed',
  this: '`this` is another one',
  keyResult: 'the option key gives something else',
  args: 'the arguments are other ones',
};

const OPTIONAL: Readonly<Partial<Record<DifferingPart, MarkTag>>> = {
  version: MARK.version,
  deps: MARK.deps,
  key: MARK.key,
};

/** What differs, in words: `the source of the function has changed; the 2nd argument is another one`. */
export function inWords(parts: readonly DifferingPart[], compared: Compared): string {
  return parts.map((part) => partInWords(part, compared)).join('; ');
}

function partInWords(part: DifferingPart, { wanted, stored }: Compared): string {
  const tag = OPTIONAL[part];
  if (tag !== undefined) return optionInWords(part, wanted.single.has(tag), stored.single.has(tag));
  if (part === 'args.length') {
    const [now = 0, then = 0] = [wanted, stored].map(({ single }) => single.get(MARK.argumentCount));
    return `this call has ${counted(now)}, that one had ${then}`;
  }
  return SIMPLE[part] ?? `the ${ordinal(1 + Number(part.slice('args['.length, -1)))} argument is another one`;
}

function optionInWords(option: DifferingPart, has: boolean, had: boolean): string {
  if (has && had) return `the option ${option} has changed`;
  return has ? `it was saved without the option ${option}` : `it was saved with the option ${option}`;
}

function counted(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`;
}

/** Of numbers up to 20: no more arguments are marked. */
function ordinal(position: number): string {
  return `${position}${['th', 'st', 'nd', 'rd'][position] ?? 'th'}`;
}
