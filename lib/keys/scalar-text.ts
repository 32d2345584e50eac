/** More arguments than this, or longer texts, are quick enough to digest beside what they cost otherwise. */
const MAX_ARGUMENTS = 6;
const MAX_LENGTH = 100;

/**
 * A text for a list of short strings, numbers, booleans, undefined and null: the same one for two lists exactly when they
 * have one key. Undefined for every other list.
 */
export function textOfScalars(args: readonly unknown[]): string | undefined {
  if (args.length > MAX_ARGUMENTS) return undefined;
  let text = '';
  for (let index = 0; index < args.length; index++) {
    const part = textOfScalar(args[index]);
    if (part === undefined) return undefined;
    text += part;
  }
  return text;
}

/** A string tells its length before it begins, everything else ends with a mark that it cannot hold. */
function textOfScalar(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.length > MAX_LENGTH ? undefined : `s${value.length}:${value}`;
    case 'number':
      return value === 0 && 1 / value < 0 ? 'n-0;' : `n${value};`;
    case 'boolean':
      return value ? 't;' : 'f;';
    case 'undefined':
      return 'u;';
    default:
      return value === null ? '0;' : undefined;
  }
}
