import process from 'node:process';
import type { Session } from 'node:inspector';
import { runInThisContext } from 'node:vm';

import { codeText } from '../../common/texts.ts';
import { isNative } from '../source.ts';
import type { FunctionFacts, Reader, Scope } from './reader.ts';

interface RemoteProperty {
  readonly name: string;
  readonly value?: { readonly objectId?: string; readonly value?: unknown };
}

interface Answer {
  readonly result?: unknown;
  readonly exceptionDetails?: unknown;
  readonly internalProperties?: readonly RemoteProperty[];
  readonly privateProperties?: readonly RemoteProperty[];
}

const KEY = 'tempcache: what is handed over to V8';
const GROUP = 'tempcache';
const HELD = 'tempcache.held';

/** Asks V8 through a session of the inspector in this very thread, which answers before `post` returns. */
export class InspectorReader implements Reader {
  readonly #session: Session;
  /** Reached from both sides. */
  readonly #held: Record<string, unknown> = {};
  readonly #heldId: string;
  readonly #scripts = new Map<string, string>();

  constructor() {
    const inspector = process.getBuiltinModule('node:inspector');
    this.#session = new inspector.Session();
    this.#session.connect();
    const main = runInThisContext('this') as Record<string, unknown>;
    Object.defineProperty(main, KEY, { value: this.#held, configurable: true });
    try {
      const { result } = this.#post('Runtime.evaluate', {
        expression: `this[${JSON.stringify(KEY)}]`,
        objectGroup: HELD,
      });
      this.#heldId = (result as { objectId: string }).objectId;
    } finally {
      delete main[KEY];
    }
  }

  read(functions: readonly object[]): readonly FunctionFacts[] | undefined {
    try {
      return this.#whileHeld(functions, (ids) => this.#readAll(functions, ids));
    } catch {
      // Near the end of the stack, for one.
      return undefined;
    }
  }

  privateFields(value: object): Readonly<Record<string, unknown>> {
    return this.#whileHeld([value], ([id = '']) => {
      const { privateProperties = [] } = this.#propertiesOf(id);
      const fields = privateProperties.filter(({ value: field }) => field !== undefined);
      const values = this.#take(fields.map(({ value: field }) => field ?? {}));
      return Object.fromEntries(fields.map(({ name }, index) => [name, values[index]]));
    });
  }

  scripts(all: boolean): ReadonlyMap<string, string> {
    if (all) this.#readAllScripts();
    else {
      const { result } = this.#post('Profiler.getBestEffortCoverage');
      for (const { scriptId, url } of result as readonly { scriptId: string; url: string }[])
        this.#scripts.set(scriptId, url);
    }
    return this.#scripts;
  }

  /** The debugger slows promises down while it is enabled: that is for the length of this call alone. */
  #readAllScripts(): void {
    const add = ({ params }: { params: { scriptId: string; url: string } }): void => {
      this.#scripts.set(params.scriptId, params.url);
    };
    this.#session.on('Debugger.scriptParsed', add);
    try {
      this.#post('Debugger.enable');
    } finally {
      this.#post('Debugger.disable');
      this.#session.off('Debugger.scriptParsed', add);
    }
  }

  /** The values are members of what both sides reach, so that V8 lists them with their ids. */
  #whileHeld<T>(values: readonly object[], use: (ids: readonly string[]) => T): T {
    Object.assign(this.#held, values);
    try {
      return use(values.length === 1 ? [this.#idOf('this[0]')] : this.#idsOf(values.length));
    } finally {
      for (const key of Object.keys(this.#held)) delete this.#held[key];
      this.#post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    }
  }

  /** What an object leads to is of its group, which is released: V8 keeps alive whatever it has given an id. */
  #idsOf(count: number): readonly string[] {
    const { result } = this.#propertiesOf(this.#idOf('this'));
    return (result as readonly RemoteProperty[]).slice(0, count).map(({ value }) => value?.objectId ?? '');
  }

  #idOf(expression: string): string {
    return (this.#call(`function () { return ${expression}; }`, []) as { objectId: string }).objectId;
  }

  #readAll(functions: readonly object[], ids: readonly string[]): readonly FunctionFacts[] | undefined {
    const parts = ids.map((id) => {
      const { internalProperties = [] } = this.#propertiesOf(id);
      const find = (name: string) => internalProperties.find((property) => property.name === name)?.value;
      const names = [
        '[[Scopes]]',
        '[[TargetFunction]]',
        '[[BoundThis]]',
        '[[BoundArgs]]',
        '[[Target]]',
        '[[Handler]]',
      ] as const;
      return { location: find('[[FunctionLocation]]')?.value, values: names.map(find) };
    });
    const taken = this.#take(parts.flatMap(({ values }) => values.map((value) => value ?? {})));
    return parts.map(({ location }, index) => {
      const facts = factsFrom(location, taken.slice(index * 6, index * 6 + 6));
      if (facts.bound === undefined && facts.scopes.at(-1)?.description !== 'Global') checkNative(functions[index]);
      return facts;
    });
  }

  /** The values behind the ids that V8 has given them. */
  #take(
    values: readonly { readonly objectId?: string; readonly value?: unknown; readonly unserializableValue?: string }[],
  ) {
    const args = values.map(({ objectId, value, unserializableValue }) =>
      objectId === undefined ? { value, unserializableValue } : { objectId },
    );
    this.#call('function (...values) { this.taken = values; }', args);
    const { taken } = this.#held;
    if (!Array.isArray(taken) || taken.length !== values.length) throw new Error('No answer');
    return taken as readonly unknown[];
  }

  #call(functionDeclaration: string, args: readonly object[]): unknown {
    const call = { functionDeclaration, objectId: this.#heldId, arguments: args, objectGroup: GROUP };
    return this.#post('Runtime.callFunctionOn', call).result;
  }

  #propertiesOf(objectId: string): Answer {
    return this.#post('Runtime.getProperties', { objectId, ownProperties: true });
  }

  #post(method: string, parameters?: object): Answer {
    let failure: unknown = new Error('No answer');
    let answer: Answer = {};
    const post = this.#session.post.bind(this.#session) as (
      method: string,
      parameters: object | undefined,
      callback: (error: Error | null, answer: Answer) => void,
    ) => void;
    post(method, parameters, (error, result) => {
      failure = error;
      answer = result;
    });
    if (failure !== null && failure !== undefined) throw failure as Error;
    if (answer.exceptionDetails !== undefined) throw new Error(`${method} threw`);
    return answer;
  }
}

function factsFrom(location: unknown, [list, target, self, args, ...proxy]: readonly unknown[]): FunctionFacts {
  const { scriptId = '', lineNumber = 0, columnNumber = 0 } = Object(location) as Record<string, number | string>;
  const bound = target === undefined ? proxy[0] && proxy : [target, self, args];
  return {
    scopes: Array.from((list ?? []) as ArrayLike<Scope>),
    script: String(scriptId),
    line: Number(lineNumber) + 1,
    column: Number(columnNumber) + 1,
    bound: bound as readonly unknown[] | undefined,
  };
}

/** @throws Error for a function of which not all scopes came: only a native one has none */
function checkNative(fn: unknown): void {
  if (!isNative(codeText(fn))) throw new Error('Scopes without an end');
}
