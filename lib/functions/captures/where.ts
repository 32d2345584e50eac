import { knownFileOf, originOf } from './origins.ts';
import type { FunctionFacts, Reader } from './reader.ts';

/** Where functions stand that were read. */
export interface Where {
  /** The line of a function, and its file where that can be found out: for a script that is not known that takes long. */
  readonly placeOf: (fn: object) => { readonly file: string | undefined; readonly line: number } | undefined;
  /** The file of a script. */
  readonly fileOf: (script: string) => string | undefined;
  /** The files of the program that are known, without looking for any. */
  readonly knownFiles: () => readonly string[];
}

/** Keeps no scopes, which hold all that functions can see. */
export function whereIn(reader: Reader, known: ReadonlyMap<object, FunctionFacts>): Where {
  const places = new Map(Array.from(known, ([fn, { script, line }]) => [fn, { script, line }]));
  return {
    placeOf: (fn) => {
      const place = places.get(fn);
      return place && { file: originOf(reader, fn, place).file, line: place.line };
    },
    fileOf: (script) => {
      const fn = [...places].find(([, place]) => place.script === script)?.[0] ?? {};
      return originOf(reader, fn, { script }).file;
    },
    knownFiles: () => {
      const files = Array.from(places.values(), ({ script }) => knownFileOf(reader, script));
      return [...new Set(files)].filter((file) => file !== undefined).toSorted();
    },
  };
}
