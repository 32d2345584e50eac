import { DOMAIN, CallEncoding, keyPrefix } from '../../lib/keys/digest.ts';
import type { UnkeyableError } from '../../lib/common/errors.ts';
import { idOf } from './key-ids.ts';

/** The error that a key is refused with, or that of a call with this and arguments. */
export function refusalOf(value: unknown, args?: readonly unknown[]): UnkeyableError {
  try {
    if (args === undefined) idOf(value);
    else new CallEncoding(keyPrefix(DOMAIN.call, 'spec')).idOf(value, args);
  } catch (error) {
    return error as UnkeyableError;
  }
  throw new Error('The key was accepted');
}
