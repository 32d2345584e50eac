/** What no code can see of an object or a function, and the inspector of the own thread can. */

import type { Session } from 'node:inspector';
import process from 'node:process';
import { runInThisContext } from 'node:vm';

interface Remote {
  readonly name: string;
  readonly value?: { readonly objectId?: string };
}

interface Scope {
  readonly description: string;
  readonly object: object;
}

interface Answer {
  readonly result?: { readonly objectId?: string };
  readonly internalProperties?: readonly Remote[];
  readonly privateProperties?: readonly Remote[];
}

/** The name by which the inspector finds what is handed over, for a moment. */
const KEY = 'tempcache: what is handed to the inspector';
const GROUP = 'tempcache.inside';

/** Asks a session of the inspector in this very thread, which answers before `post` returns. */
class Inside {
  readonly #session: Session;

  constructor() {
    const { Session: OwnSession } = process.getBuiltinModule('node:inspector');
    this.#session = new OwnSession();
    this.#session.connect();
  }

  /** The names of private fields and accessors; not those of private methods. */
  privateNames(object: object): string[] {
    return this.#with(object, ({ privateProperties = [] }) => privateProperties.map(({ name }) => name));
  }

  /** Objects whose properties are the variables that a function can reach, but for globals. */
  scopes(fn: object): object[] {
    return this.#with(fn, ({ internalProperties = [] }, held) => {
      const objectId = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value?.objectId;
      const functionDeclaration = `function () { globalThis[${JSON.stringify(KEY)}].scopes = this; }`;
      this.#post('Runtime.callFunctionOn', { objectId, functionDeclaration });
      return Array.from(held.scopes as ArrayLike<Scope>)
        .filter(({ description }) => description !== 'Global')
        .map(({ object }) => object);
    });
  }

  #with<T>(subject: object, read: (properties: Answer, held: { scopes?: unknown }) => T): T {
    const main = runInThisContext('globalThis') as object;
    const held: { readonly subject: object; scopes?: unknown } = { subject };
    Object.defineProperty(main, KEY, { value: held, configurable: true });
    try {
      const expression = `globalThis[${JSON.stringify(KEY)}].subject`;
      const objectId = this.#post('Runtime.evaluate', { expression, objectGroup: GROUP }).result?.objectId;
      return read(this.#post('Runtime.getProperties', { objectId, ownProperties: true }), held);
    } finally {
      Reflect.deleteProperty(main, KEY);
      this.#post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    }
  }

  #post(method: string, parameters: object): Answer {
    let answer: Answer | undefined;
    this.#session.post(method, parameters, (error: unknown, result?: object) => {
      if (error === null) answer = result ?? {};
    });
    if (answer === undefined) throw new Error(`The inspector does not answer ${method}`);
    return answer;
  }
}

let inside: Inside | undefined;
let isMissing = false;

/** What is read, or undefined where there is no inspector: in other runtimes, and under the permission model. */
function ask<T>(read: (inside: Inside) => T): T | undefined {
  if (isMissing) return undefined;
  try {
    inside ??= new Inside();
    return read(inside);
  } catch (error) {
    // An error without a code is no answer for good: the stack may have no room.
    isMissing = inside === undefined && typeof (error as { code?: unknown }).code === 'string';
    return undefined;
  }
}

/** The names of private fields and accessors of an object; undefined where they cannot be seen. */
export function privateNames(object: object): string[] | undefined {
  return ask((reader) => reader.privateNames(object));
}

/** All variables that a function can reach, but for globals, by name, with their values of now; none where they cannot be seen. */
export function variablesOf(fn: object): [string, unknown][] {
  const scopes = ask((reader) => reader.scopes(fn)) ?? [];
  return scopes.flatMap((scope) =>
    Object.entries(Object.getOwnPropertyDescriptors(scope)).map(([name, { value }]): [string, unknown] => [
      name,
      value,
    ]),
  );
}
