const functionSource = Function.prototype.toString;

/** The text of a function or class, whatever `toString` it has of its own. */
export function codeText(fn: unknown): string {
  return functionSource.call(fn);
}

/** Texts as one, which no other texts give. A program may have changed what JSON makes of arrays. */
export function joinTexts(texts: readonly (string | undefined)[]): string {
  return texts.map((text) => (text === undefined ? '-' : `${text.length} ${text}`)).join(' ');
}
