/** Objects of the runtime that are stored as what they are made of: they have a state of their own, which their classes give away. */

import process from 'node:process';
import { classNameOf } from '../common/describe.ts';
import { ofRuntime, type ValueType } from './define-type.ts';

/** How objects of one class are stored. */
interface Entry {
  /** The class, which may not be loaded before an object of it is there. */
  readonly classOf: () => unknown;
  /** What is to be stored; undefined for an object that would not come back as it is. */
  readonly encode: (value: never) => unknown;
  readonly decode: (encoded: never) => object;
  /** The names of own properties that it may have, which its encoding has. Default: none. */
  readonly own?: (name: string) => boolean;
}

type Constructor = new (...args: readonly unknown[]) => object;

const global = globalThis as unknown as Readonly<Record<string, Constructor | undefined>>;

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Name and value of each, in their order. */
function pairs(name: string): Entry {
  return {
    classOf: () => global[name],
    encode: (value: Iterable<readonly [string, unknown]>) => {
      const entries = [...value];
      return entries.every((entry) => entry.every(isText)) ? entries : undefined;
    },
    decode(entries: readonly (readonly [string, string])[]) {
      const made = new (global[name] as Constructor)() as { append(key: string, value: string): void } & object;
      for (const [key, value] of entries) made.append(key, value);
      return made;
    },
  };
}

interface Format {
  resolvedOptions(): { readonly locale: string };
}

/** By the options that it goes by, where one that is made of these goes by the same. */
function format(name: string): Entry {
  const classOf = (): Constructor => (Intl as unknown as Readonly<Record<string, Constructor>>)[name] as Constructor;
  const decode = (options: { readonly locale: string }): object => new (classOf())(options.locale, options);
  const encode = (value: Format): unknown => {
    const options = { ...value.resolvedOptions() };
    const again = { ...(decode(options) as Format).resolvedOptions() };
    return JSON.stringify(again) === JSON.stringify(options) ? options : undefined;
  };
  return { classOf, encode, decode };
}

/** The name of a class of `node:fs`. */
function ofFiles(name: 'Stats' | 'Dirent'): Constructor | undefined {
  const files: unknown = process.getBuiltinModule?.('node:fs');
  return (files as Readonly<Record<string, Constructor>> | undefined)?.[name];
}

const ENTRIES: Readonly<Record<string, Entry>> = {
  Headers: pairs('Headers'),
  FormData: pairs('FormData'),
  DOMException: {
    classOf: () => global['DOMException'],
    encode: ({ message, name, stack }: DOMException) => [message, name, stack],
    decode([message, name, stack]: readonly [string, string, string | undefined]) {
      const made = new (global['DOMException'] as Constructor)(message, name);
      return Object.defineProperty(made, 'stack', { value: stack, writable: true, configurable: true });
    },
    own: (name) => name === 'stack',
  },
  Stats: {
    classOf: () => ofFiles('Stats'),
    encode: (value: object) => Object.entries(value),
    decode: (entries: readonly (readonly [string, unknown])[]) =>
      Object.assign(
        Object.create((ofFiles('Stats') as Constructor).prototype as object) as object,
        Object.fromEntries(entries),
      ),
    own: () => true,
  },
  Dirent: {
    classOf: () => ofFiles('Dirent'),
    encode: (value: { readonly name: unknown; readonly path?: unknown; readonly parentPath?: unknown }) => {
      const [type] = Object.getOwnPropertySymbols(value);
      const parts = [value.name, type && (value as Record<symbol, unknown>)[type], value.parentPath ?? value.path];
      return isText(parts[0]) && typeof parts[1] === 'number' ? parts : undefined;
    },
    decode: (parts: readonly unknown[]) => new (ofFiles('Dirent') as Constructor)(...parts),
    own: (name) => name === 'name' || name === 'path' || name === 'parentPath',
  },
  NumberFormat: format('NumberFormat'),
  DateTimeFormat: format('DateTimeFormat'),
  Collator: format('Collator'),
  PluralRules: format('PluralRules'),
  ListFormat: format('ListFormat'),
  RelativeTimeFormat: format('RelativeTimeFormat'),
  Segmenter: format('Segmenter'),
  DisplayNames: format('DisplayNames'),
  Locale: {
    classOf: () => Intl.Locale,
    encode: String,
    decode: (text: string) => new Intl.Locale(text),
  },
};

const types = new Map<string, ValueType>();

/** The type of the runtime of this name, where the runtime has it. */
export function runtimeType(name: string): ValueType | undefined {
  const known = types.get(name);
  if (known !== undefined) return known;
  const entry = Object.hasOwn(ENTRIES, name) ? ENTRIES[name] : undefined;
  const constructor = entry?.classOf() as { readonly prototype: object } | undefined;
  if (entry === undefined || constructor === undefined) return undefined;
  const { encode, decode } = entry;
  const type = ofRuntime({ name, class: constructor, encode, decode });
  types.set(name, type);
  return type;
}

/** What is known of prototypes: most are none of these, and to find that out takes time. */
const byPrototype = new WeakMap<object, ValueType | typeof NONE>();
const NONE = Symbol('none');

function typeOf(value: object): ValueType | undefined {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return undefined;
  const known = byPrototype.get(prototype);
  if (known !== undefined) return known === NONE ? undefined : known;
  const named = runtimeType(classNameOf(value) ?? '');
  const type = named?.class.prototype === prototype ? named : undefined;
  byPrototype.set(prototype, type ?? NONE);
  return type;
}

/** The type of an object of the runtime, which is no proxy, and what it is stored as; undefined for what would not come back as it is. */
export function encodeOfRuntime(value: object): { readonly type: ValueType; readonly value: unknown } | undefined {
  const type = typeOf(value);
  if (type === undefined || !Object.isExtensible(value)) return undefined;
  const { own } = ENTRIES[type.name] as Entry;
  // Properties that a program has added are not what it is made of. Those with symbols are the runtime's.
  if (Object.getOwnPropertyNames(value).some((property) => own?.(property) !== true)) return undefined;
  try {
    const encoded = type.encode(value);
    return encoded === undefined ? undefined : { type, value: encoded };
  } catch {
    // It says that it is one, and is none.
    return undefined;
  }
}
