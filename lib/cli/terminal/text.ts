import stringWidth from 'string-width';

/** Escape sequences, turned writing directions and the like; a joiner inside an emoji is none of them. */
const UNSEEN = /(?!\u200D)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What takes as many columns as it has characters and needs no care: most of all texts, so a short way pays. */
const PLAIN = /^[ -~]*$/;
/** A colour, after its escape character. */
const COLOUR = /^\[\d{1,2}m/;
/** What JSON does not escape by itself and a terminal would obey. */
const UNSEEN_IN_JSON = /[\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;

/** A character as people see it may be several to JavaScript. */
const SEGMENTS = new Intl.Segmenter();

const SHORT: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/** A text on one line that can be printed anywhere: what a terminal would obey is spelled out, as `\x1b`. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll(UNSEEN, spell);
}

/** The same for what `util.inspect` gives: its lines and colours stay. */
export function visibleValue(text: string): string {
  return text.replaceAll(UNSEEN, (char, at: number) => {
    const stays = char === '\n' || (char === '\u001B' && COLOUR.test(text.slice(at + 1, at + 5)));
    return stays ? char : spell(char);
  });
}

/** JSON text that means the same and holds nothing that a terminal would obey. */
export function visibleJson(text: string): string {
  return text.replaceAll(UNSEEN_IN_JSON, (char) => `\\u${hex(char).padStart(4, '0')}`);
}

/** What is wrong with a record, beside its id: without the words that say it again. */
export function withoutId(problem: string, id: string): string {
  return problem.replace(`The record of ${id} `, '');
}

/** The columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** A text cut to so many columns, with `…` at its end where something is missing. Nothing is left of it in 0 columns. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let room = width - 1;
  if (room < 0) return '';
  let end = 0;
  for (const { segment, index } of SEGMENTS.segment(text)) {
    room -= stringWidth(segment);
    if (room < 0) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end)}…`;
}

/**
 * A text cut to so many columns, with `…` in its middle where something is missing: what many texts begin with alike tells
 * them apart less than their ends do, so these are given two thirds of the room.
 */
export function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const tail = Math.floor(((width - 1) * 2) / 3);
  if (tail <= 0) return cut(text, width);
  const segments = Array.from(SEGMENTS.segment(text), ({ segment }) => segment);
  let room = tail;
  let start = segments.length;
  while (start > 0 && room >= stringWidth(segments[start - 1] ?? '')) room -= stringWidth(segments[--start] ?? '');
  return cut(text, width - (tail - room)) + segments.slice(start).join('');
}

/** Lines of whole words, each at most so many columns wide; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function spell(char: string): string {
  const code = hex(char);
  return SHORT[char] ?? (code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`);
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16);
}
