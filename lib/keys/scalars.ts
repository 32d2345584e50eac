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
