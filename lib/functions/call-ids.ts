import type { Call } from '../calls/context.ts';
import { UnkeyableError } from '../common/errors.ts';
import { withoutSignals } from '../common/signals.ts';
import { copyOf } from '../keys/copy.ts';
import type { EncodeOptions } from '../keys/encode.ts';
import { CallEncoding, DOMAIN, idOfValue, keyPrefix, partsOfLastKey } from '../keys/digest.ts';
import type { CheckedOptions } from './function-options.ts';
import { textOfScalars } from '../keys/scalars.ts';
import type { Identity } from './identity.ts';
import { hasOutside, readOutside, type Outside, type OutsideTerms } from './outside.ts';

/** Ids that are kept for one function. */
const MAX_KNOWN = 10_000;

/** What ids are made with, beside the identity of the function. */
export interface IdTerms extends Pick<EncodeOptions, 'codeOf'> {
  readonly key: CheckedOptions['key'];
  readonly ignoreThis: boolean;
  /** Whether ids of late are kept: worth it where a hit costs less than to make one. */
  readonly remembers: boolean;
  readonly outside: OutsideTerms;
}

/** Where the ids of calls begin, as long as what is outside of the function is the same. */
interface Beginning {
  readonly outside: Outside;
  readonly text: string;
  readonly encoding: CallEncoding;
  readonly customPrefix: Uint8Array;
}

/** Makes the ids of the calls of one function. */
export class CallIds {
  readonly #name: string;
  readonly #digest: string;
  readonly #codeOf: Pick<EncodeOptions, 'codeOf'>;
  readonly #customKey: CheckedOptions['key'];
  /** Whether `this` is a part of the key. */
  readonly keysThis: boolean;
  /** Whether the option key makes the key. */
  readonly isCustom: boolean;
  readonly #terms: OutsideTerms;
  readonly #hasOutside: boolean;
  #beginning: Beginning;
  /** The ids of calls with arguments of the simplest kinds, where they are kept. */
  readonly #known: Map<string, string> | undefined;

  constructor(
    { name, digest, source }: Pick<Identity, 'name' | 'digest' | 'source'>,
    { key, ignoreThis, remembers, outside, codeOf }: IdTerms,
  ) {
    this.#name = name;
    this.#digest = digest;
    this.#codeOf = codeOf === undefined ? {} : { codeOf };
    this.#customKey = key;
    this.#terms = outside;
    this.isCustom = key !== undefined;
    this.keysThis = source.usesThis && !ignoreThis && !this.isCustom;
    this.#hasOutside = hasOutside(outside);
    this.#beginning = this.#beginningFor([], '');
    const isSimple = !this.isCustom && !this.keysThis && !this.#hasOutside;
    this.#known = remembers && isSimple ? new Map() : undefined;
  }

  /** The id of a call. @throws UnkeyableError */
  of(self: unknown, given: readonly unknown[]): string {
    if (this.#hasOutside) this.#goBy(readOutside(this.#terms, given));
    if (this.#customKey !== undefined) return this.#ofCustom(this.#customKey, self, given);
    const args = withoutSignals(given);
    if (this.#known !== undefined) return this.#ofKnown(this.#known, args);
    return this.#beginning.encoding.idOf(this.keysThis ? self : undefined, args);
  }

  /** What was outside of the function when an id was made last. */
  get outside(): Outside {
    return this.#beginning.outside;
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
    // What is outside of the function cannot be copied.
    const idOf = isWhole && !this.#hasOutside ? undefined : call.idOf;
    if (values === undefined) return { ...call, own: undefined, idOf };
    const [self, args] = this.keysThis ? [values[0], values.slice(1)] : [call.self, values];
    return { ...call, self, args, own: undefined, idOf };
  }

  #goBy(outside: Outside): void {
    const text = outside.map(([tag, digest]) => ` ${tag} ${digest}`).join('');
    if (text !== this.#beginning.text) this.#beginning = this.#beginningFor(outside, text);
  }

  #beginningFor(outside: Outside, text: string): Beginning {
    const owner = this.#digest + text;
    const encoding = new CallEncoding(keyPrefix(DOMAIN.call, owner), this.#codeOf);
    return { outside, text, encoding, customPrefix: keyPrefix(DOMAIN.customKey, owner) };
  }

  #ofKnown(known: Map<string, string>, args: readonly unknown[]): string {
    const text = textOfScalars(args);
    if (text === undefined) return this.#beginning.encoding.idOf(undefined, args);
    let id = known.get(text);
    if (id === undefined) {
      id = this.#beginning.encoding.idOf(undefined, args);
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
    return idOfValue(this.#beginning.customPrefix, counting ?? value, { root: 'key', ...this.#codeOf });
  }
}
