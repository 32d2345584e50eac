import { UnkeyableError } from '../errors.ts';
import { DOMAIN, idOfCall, idOfValue, keyPrefix } from '../keys/digest.ts';
import type { CheckedOptions } from './function-options.ts';
import type { Identity } from './identity.ts';

/** Makes the ids of the calls of one function. */
export class CallIds {
  readonly #name: string;
  readonly #callPrefix: Uint8Array;
  readonly #customPrefix: Uint8Array;
  readonly #customKey: CheckedOptions['key'];
  readonly #keysThis: boolean;

  constructor({ name, digest, source }: Identity, { key, ignoreThis }: CheckedOptions) {
    this.#name = name;
    this.#callPrefix = keyPrefix(DOMAIN.call, digest);
    this.#customPrefix = keyPrefix(DOMAIN.customKey, digest);
    this.#customKey = key;
    this.#keysThis = source.usesThis && !ignoreThis;
  }

  /** Whether `this` is a part of the key. */
  get keysThis(): boolean {
    return this.#keysThis && this.#customKey === undefined;
  }

  /** Whether the option key makes the key. */
  get isCustom(): boolean {
    return this.#customKey !== undefined;
  }

  /** The id of a call. @throws UnkeyableError */
  of(self: unknown, args: readonly unknown[]): string {
    if (this.#customKey !== undefined) return this.#ofCustom(this.#customKey, self, args);
    return idOfCall(this.#callPrefix, this.#keysThis ? self : undefined, args);
  }

  #ofCustom(key: NonNullable<CheckedOptions['key']>, self: unknown, args: readonly unknown[]): string {
    let value: unknown;
    try {
      value = Reflect.apply(key, self, args);
    } catch (cause) {
      throw new UnkeyableError(`The option key of ${this.#name} threw; see the cause`, { path: 'key', cause });
    }
    return idOfValue(this.#customPrefix, value, { root: 'key' });
  }
}
