import { DOMAIN, CallEncoding, idOfValue, keyPrefix } from '../../lib/keys/digest.ts';

const item = keyPrefix(DOMAIN.item, 'spec');
const call = keyPrefix(DOMAIN.call, 'spec');

/** The id of a value as a key. */
export function idOf(value: unknown): string {
  return idOfValue(item, value, { root: 'key' });
}

/** The id of a call with these arguments. */
export function idOfArgs(...args: readonly unknown[]): string {
  return new CallEncoding(call).idOf(undefined, args);
}
