import type { Call } from '../calls/context.ts';
import { UnkeyableError } from '../common/errors.ts';
import { withoutSignals } from '../common/signals.ts';
import { copyOf } from '../keys/copy.ts';
import type { EncodeOptions } from '../keys/encode.ts';
import { CallEncoding, DOMAIN, idOfValue, keyPrefix, partsOfLastKey } from '../keys/digest.ts';
import type { CheckedOptions } from './function-options.ts';
import { textOfScalars } from '../keys/scalars.ts';
import type { Identity } from './identity.ts';

/** Ids that are kept for one function. */
const MAX_KNOWN = 10_000;

/** Makes the ids of the calls of one function. */
export class CallIds {
  readonly #name: string;
  readonly #encoding: CallEncoding;
  readonly #customPrefix: Uint8Array;
  readonly #codeOf: Pick<EncodeOptions, 'codeOf'>;
  readonly #customKey: CheckedOptions['key'];
  /** Whether `this` is a part of the key. */
  readonly keysThis: boolean;
  /** Whether the option key makes the key. */
  readonly isCustom: boolean;
  /** The ids of calls with arguments of the simplest kinds, where they are kept. */
  readonly #known: Map<string, string> | undefined;

  /** With `remembers`, ids of late are kept: worth it where a hit costs less than to make one. */
  constructor(
    { name, digest, source }: Pick<Identity, 'name' | 'digest' | 'source'>,
    { key, ignoreThis }: CheckedOptions,
    { remembers, ...codeOf }: Pick<EncodeOptions, 'codeOf'> & { readonly remembers: boolean },
  ) {
    this.#name = name;
    this.#encoding = new CallEncoding(keyPrefix(DOMAIN.call, digest), codeOf);
    this.#codeOf = codeOf;
    this.#customPrefix = keyPrefix(DOMAIN.customKey, digest);
    this.#customKey = key;
    this.isCustom = key !== undefined;
    this.keysThis = source.usesThis && !ignoreThis && !this.isCustom;
    this.#known = remembers && !this.isCustom && !this.keysThis ? new Map() : undefined;
  }

  /** The id of a call. @throws UnkeyableError */
  of(self: unknown, given: readonly unknown[]): string {
    if (this.#customKey !== undefined) return this.#ofCustom(this.#customKey, self, given);
    const args = withoutSignals(given);
    if (this.#known !== undefined) return this.#ofKnown(this.#known, args);
    return this.#encoding.idOf(this.keysThis ? self : undefined, args);
  }

  /** The parts of the key of a call; none where it has another id by now. Never throws. */
  partsOf(id: string, { self, args }: Pick<Call, 'self' | 'args'>): readonly Uint8Array[] {
    try {
      return (this.of(self, args) === id ? partsOfLastKey(id) : undefined) ?? [];
    } catch {
      return [];
    }
  }

  /** A call with copies of all of its arguments that can be copied. What stands behind the option key is left as it is. */
  ownCall(call: Call): Call {
    if (this.isCustom) return { ...call, own: undefined };
    const { values, isWhole } = copyOf(this.keysThis ? [call.self, ...call.args] : call.args);
    const idOf = isWhole ? undefined : call.idOf;
    if (values === undefined) return { ...call, own: undefined, idOf };
    const [self, args] = this.keysThis ? [values[0], values.slice(1)] : [call.self, values];
    return { ...call, self, args, own: undefined, idOf };
  }

  #ofKnown(known: Map<string, string>, args: readonly unknown[]): string {
    const text = textOfScalars(args);
    if (text === undefined) return this.#encoding.idOf(undefined, args);
    let id = known.get(text);
    if (id === undefined) {
      id = this.#encoding.idOf(undefined, args);
      if (known.size === MAX_KNOWN) known.clear();
      known.set(text, id);
    }
    return id;
  }

  #ofCustom(key: NonNullable<CheckedOptions['key']>, self: unknown, args: readonly unknown[]): string {
    let value: unknown;
    try {
      value = Reflect.apply(key, self, args);
    } catch (cause) {
      throw new UnkeyableError(`The option key of ${this.#name} threw; see the cause`, { path: 'key', cause });
    }
    if (value === undefined) {
      const why =
        'a `return` may be missing, or a property misspelt. Return null where all calls are to share one entry';
      throw new UnkeyableError(`The option key of ${this.#name} returned undefined: ${why}`, { path: 'key' });
    }
    const counting = Array.isArray(value) ? withoutSignals(value) : withoutSignals([value])[0];
    return idOfValue(this.#customPrefix, counting ?? value, { root: 'key', ...this.#codeOf });
  }
}
