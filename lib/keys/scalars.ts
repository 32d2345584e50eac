import { describe } from '../common/describe.ts';
import { Refusal } from './refusal.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

/**
 * Writes a value that is no object; false for objects and functions, which need more than one look.
 *
 * @throws Refusal for a symbol that is not registered: it is another one in every process.
 */
export function writeScalar(out: ByteWriter, value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      out.string(value);
      return true;
    case 'number':
      out.number(value);
      return true;
    case 'boolean':
      out.byte(value ? TAG.true : TAG.false);
      return true;
    case 'undefined':
      out.byte(TAG.undefined);
      return true;
    case 'bigint':
      out.byte(TAG.bigint);
      out.string(value.toString(16));
      return true;
    case 'symbol':
      writeSymbol(out, value);
      return true;
    default:
      if (value !== null) return false;
      out.byte(TAG.null);
      return true;
  }
}

/** Writes a registered symbol by its name. */
export function writeSymbol(out: ByteWriter, symbol: symbol): void {
  const name = Symbol.keyFor(symbol);
  if (name === undefined) throw new Refusal(`is ${describe(symbol)}, another one in every process; use Symbol.for()`);
  out.byte(TAG.symbol);
  out.string(name);
}

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

/** A string tells its length before it begins, everything else ends with a character that it cannot hold. */
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
