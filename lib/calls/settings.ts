import type { DebugLog } from './debug.ts';
import type { Events } from '../common/events.ts';
import type { AgeOfValue, CacheErrorsOptions, MaxAge, Validator } from '../options/judging.ts';
import type { Duration, Size } from '../options/parse.ts';
import { callValuesIn } from '../options/table.ts';
import type { CallValues, Mode } from '../options/values.ts';
import type { Clock } from '../records/freshness.ts';
import type { TypeOrClass } from '../v8-serializer-utils/define-type.ts';
import { TypeRegistry } from '../v8-serializer-utils/registry.ts';
import { toCodec, type Codec, type Serializer } from '../serializers/serializer.ts';

/** A path, from the working directory where it is relative, or a `file:` URL. */
export type FilePath = string | URL;

/**
 * Options of a cache, of `with` and of a function. The last two do as the cache does where one of them is not given. `V` is what
 * the functions compute, `A` are their arguments.
 */
export interface CommonOptions<V = unknown, A extends readonly unknown[] = readonly unknown[]> {
  /**
   * How old a value may be; judged when it is read. Or a function of the value and the arguments, which decides it when a value is
   * saved, for every reader: `(token) => token.expiresIn * 1000`; 0: not to be stored. Default of a cache: `'7d'`.
   */
  readonly maxAge?: Duration | AgeOfValue<V, A>;
  /** Turns values into bytes. Default of a cache: `v8Serializer()`. */
  readonly serializer?: Serializer;
  /**
   * Classes whose instances are stored: by themselves, or as types made by `defineType()`. Those of a function are added to those
   * of its cache and to what its serializer knows; one that takes no types, such as `jsonSerializer()`, does without. Default: none.
   */
  readonly types?: readonly TypeOrClass[];
  /** `'on'`, `'off'`, `'readonly'` or `'refresh'`. Default of a cache: `'on'`. `$TEMPCACHE_MODE` overrides. */
  readonly mode?: Mode;
  /** For how long past maxAge a value is served while it is computed anew in the background; `true`: always. Default of a cache: 0. */
  readonly staleWhileRevalidate?: Duration | boolean;
  /** For how long past maxAge a value stands in for a computation that fails; `true`: always. Default of a cache: 0. */
  readonly staleIfError?: Duration | boolean;
  /**
   * How long to wait for another call that computes the same, in this process or another one, before computing here, and for a
   * refresh in the background, before another one may begin. Default of a cache: `'10m'`.
   */
  readonly waitTimeout?: Duration;
  /**
   * How long a computation that answers with a promise may take. Then the call rejects with a `ComputeTimeoutError`, and the signal
   * that the function was given, if its caller gave one, aborts. Default of a cache: no limit.
   */
  readonly computeTimeout?: Duration;
  /**
   * What of the variables, helpers and classes that a function captures is a part of its identity: `'auto'`: code and values;
   * `'code'`: functions and classes alone; `'off'`: nothing, and functions that cannot be told apart are refused;
   * `{ ignore: ['name'] }`: all but variables of these names. Default of a cache: `'auto'`.
   */
  readonly captures?: 'auto' | 'code' | 'off' | { readonly ignore: readonly string[] };
  /**
   * Names of variables of the environment that calls depend on: their values are a part of the key. Those that a cache has and
   * those of a function are not added up. Default of a cache: none.
   */
  readonly env?: readonly string[];
  /**
   * Gives the files that a call depends on, by its arguments: `(path) => path`. Their content is a part of the key; that of a file
   * with the same size, times and number is not read again. A file that is missing counts as that. Default of a cache: none.
   */
  readonly files?: (...args: A) => FilePath | readonly FilePath[];
  /** Bytes of the largest record that is stored; a larger value is returned, and a `skip` event says so. Default of a cache: no limit. */
  readonly maxEntryBytes?: Size;
  /**
   * Whether a stored value is good: a function, or a Standard Schema such as those of Zod, Valibot and ArkType. Asked on a hit; a
   * value that is not good is a miss (`reason: 'invalid'`). It judges and changes nothing: what a schema makes of a value is not
   * used. A promise is waited for where the call answers with one; elsewhere it fails. Default: every value is good.
   */
  readonly validate?: Validator<V>;
  /** Gives what is stored of a value, in a promise where the call answers with one. Not for generators. Default of a cache: the value. */
  readonly toStored?: (value: V, ...args: A) => unknown;
  /** Gives, at once, the value of what `toStored` gave, for each hit and for who waited. Default of a cache: what is stored. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly fromStored?: (stored: any, ...args: A) => unknown;
  /**
   * Whether the process warns of a value that cannot be stored, once for each function, and of a store that fails where nobody
   * listens to that event. Default of a cache: true.
   */
  readonly warnings?: boolean;
  /** Keeps failures for a short time, and throws them again as they were. Not those of generators. Default: none is kept. */
  readonly cacheErrors?: CacheErrorsOptions<A>;
}

/** These options as calls go by them. */
export interface CallSettings extends Omit<CallValues, 'maxAge' | 'serializer' | 'types'> {
  /** Ms, or what decides it; undefined to follow the parent's. */
  readonly maxAge: MaxAge | undefined;
  /** The codec of the serializer, without {@link types}. */
  readonly base: Codec;
  readonly types: readonly TypeOrClass[];
}

/** What holds for all calls through one cache, or through one function of it. */
export interface SettingsInit extends CallSettings {
  readonly events: Events;
  readonly clock: Clock;
  /** What writes a line for each call; undefined where nobody has asked for that. */
  readonly debug: DebugLog | undefined;
  /** The mode that the environment asks for, over every option. */
  readonly forcedMode: Mode | undefined;
}

interface Fields extends Readonly<Omit<SettingsInit, 'maxAge'>> {
  /** What they were made of. */
  readonly init: SettingsInit;
  readonly codec: Codec;
  /** Whether there is more to ask of what was found than its age. */
  readonly examines: boolean;
}

/** Gives its objects a field for each option, so that another option needs no line here. */
const WithFields = class {
  readonly init: SettingsInit;
  readonly codec: Codec;

  constructor(init: SettingsInit, codec = codecOf(init)) {
    const { maxAge: _, ...fields } = init;
    const { validate, cacheErrors, fromStored } = init;
    const examines = [validate, cacheErrors, fromStored].some((option) => option !== undefined);
    Object.assign(this, fields, { mode: init.forcedMode ?? init.mode, examines });
    this.init = init;
    this.codec = codec;
  }
} as new (init: SettingsInit, codec?: Codec) => Fields;

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no type */
function codecOf({ base, types }: SettingsInit): Codec {
  return types.length === 0 ? base : (base.withTypes?.(types) ?? base);
}

/** The settings of a cache or, with a parent, of one of its functions. */
export class Settings extends WithFields {
  readonly #parent: Settings | undefined;
  #maxAge: MaxAge | undefined;

  constructor(init: SettingsInit, parent?: Settings, codec?: Codec) {
    super(init, codec);
    this.#parent = parent;
    this.#maxAge = init.maxAge;
  }

  /** These settings but for what is given. Without a parent they have to be given a maxAge. */
  but(given: Partial<SettingsInit>, parent?: Settings): Settings {
    const types = given.types === undefined ? this.types : [...this.types, ...given.types];
    const isSame = given.base === undefined && given.types === undefined;
    const init = { ...this.init, maxAge: undefined, ...given, types };
    return new Settings(init, parent, isSame ? this.codec : undefined);
  }

  /** Ms; undefined where each value says it when it is saved. */
  get maxAge(): number | undefined {
    const given = this.#maxAge ?? this.#parent?.givenAge ?? Infinity;
    return typeof given === 'function' ? undefined : given;
  }

  /** Ms, or what decides it. A function without one of its own follows its cache, whose maxAge can be set at any time. */
  get givenAge(): MaxAge {
    return this.#maxAge ?? this.#parent?.givenAge ?? Infinity;
  }

  set givenAge(value: MaxAge | undefined) {
    this.#maxAge = value;
  }

  /** Whether calls compute for others too, and wait for others that compute: only where all may read and save. */
  get sharesWork(): boolean {
    return this.mode === 'on';
  }

  /** Ms for which a record may be of use past maxAge. */
  get grace(): number {
    return Math.max(this.staleWhileRevalidate, this.staleIfError);
  }

  /** Whether records say until when they are to be kept: their maxAge is not, or outlasts, that of the cache. */
  get keepsOwnAge(): boolean {
    return (this.#maxAge !== undefined && this.#parent !== undefined) || typeof this.givenAge === 'function';
  }

  get mayRead(): boolean {
    return this.mode === 'on' || this.mode === 'readonly';
  }

  get maySave(): boolean {
    return this.mode === 'on' || this.mode === 'refresh';
  }
}

/** Of options that were read those of a call, as far as they were given. @throws TypeError for a serializer or type that is none. */
export function callSettingsIn(values: Partial<CallValues>): Partial<CallSettings> {
  const { serializer, types, ...rest } = callValuesIn(values);
  return {
    ...rest,
    ...(serializer !== undefined && { base: toCodec(serializer as Serializer) }),
    ...(types !== undefined && { types: new TypeRegistry(types as TypeOrClass[]).types }),
  };
}
