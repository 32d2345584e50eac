import Module from 'node:module';
import process from 'node:process';
import { types } from 'node:util';

import { functionName } from '../../common/describe.ts';
import { pathOfScript } from '../../common/scripts.ts';
import { codeText } from '../../common/texts.ts';
import type { FunctionFacts, Reader } from './reader.ts';
import { packageOf } from './sources.ts';

/** Where a function comes from: the program itself, a package, or Node. */
export interface Origin {
  readonly kind: 'program' | 'package' | 'node';
  /** Of a package its name and version. */
  readonly label: string;
  /** The file, where it is known. */
  readonly file: string | undefined;
}

const PROGRAM: Origin = { kind: 'program', label: '', file: undefined };
const NODE: Origin = { kind: 'node', label: '', file: undefined };

/** By reader and script: scripts keep their names. */
const origins = new WeakMap<Reader, Map<string, Origin>>();

/** Where a function comes from. To find out takes a look at all scripts, once for those that are not known. */
export function originOf(reader: Reader, fn: object, { script }: Pick<FunctionFacts, 'script'>): Origin {
  let known = origins.get(reader);
  if (known === undefined) origins.set(reader, (known = new Map<string, Origin>()));
  const found = known.get(script);
  if (found !== undefined) return found;
  for (const all of [false, true]) {
    for (const [id, url] of reader.scripts(all)) if (!known.has(id)) known.set(id, originOfUrl(url));
    const origin = known.get(script) ?? (all ? undefined : originInRequireCache(fn));
    if (origin !== undefined) {
      known.set(script, origin);
      return origin;
    }
  }
  known.set(script, PROGRAM);
  return PROGRAM;
}

/** The file of a script of the program, where that is known without a look. */
export function knownFileOf(reader: Reader, script: string): string | undefined {
  const origin = origins.get(reader)?.get(script);
  return origin?.kind === 'program' ? origin.file : undefined;
}

function originOfUrl(url: string): Origin {
  if (url.startsWith('node:')) return NODE;
  const file = pathOfScript(url);
  const label = file === undefined ? undefined : packageOf(file);
  return label === undefined ? { ...PROGRAM, file } : { kind: 'package', label, file };
}

/** A module of CommonJS is found by what it exports. */
function originInRequireCache(fn: object): Origin | undefined {
  const { _cache: cache = {} } = Module as unknown as { _cache?: Record<string, { exports?: unknown }> };
  for (const [path, { exports: exported }] of Object.entries(cache)) {
    if (exported === fn || dataOf(exported).includes(fn)) return originOfUrl(path);
  }
  return undefined;
}

function dataOf(value: unknown): readonly unknown[] {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function') || types.isProxy(value)) return [];
  return Object.values(Object.getOwnPropertyDescriptors(value)).map((property) => property.value as unknown);
}

/** The functions and objects that modules of Node export, by what they are called. */
let builtIns: Map<unknown, string> | undefined;
let loaded = 0;

/** What Node calls a thing that one of its modules exports; undefined for what no module that is loaded exports. */
export function nameInNode(value: object): string | undefined {
  const { moduleLoadList } = process as unknown as { moduleLoadList?: readonly string[] };
  const count = moduleLoadList?.length ?? 0;
  if (builtIns === undefined || count !== loaded) {
    loaded = count;
    builtIns = readBuiltIns(moduleLoadList ?? []);
  }
  return builtIns.get(value);
}

function readBuiltIns(list: readonly string[]): Map<unknown, string> {
  const found = new Map<unknown, string>();
  for (const line of list) {
    const name = line.replace(/^NativeModule /, '');
    if (name === line || name.startsWith('internal/')) continue;
    const module: unknown = process.getBuiltinModule(`node:${name}`);
    if (module === undefined) continue;
    found.set(module, name);
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(module as object))) {
      const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
      if (isObject && !found.has(value)) found.set(value, `${name}.${key}`);
    }
  }
  return found;
}

/** Of each mock of this process a number. */
const mocks = new WeakMap<object, string>();
let mocksMade = 0;
const OF_PROCESS = `${process.pid} ${Date.now()} ${Math.random()}`;

/** Tells a mock of Jest, Vitest or `node:test` from every other one, in other processes too; undefined for what is no mock. */
export function mockOf(fn: object): string | undefined {
  if (!isMock(fn)) return undefined;
  let name = mocks.get(fn);
  if (name === undefined) mocks.set(fn, (name = `${OF_PROCESS} ${mocksMade++}`));
  return name;
}

function isMock(fn: object): boolean {
  try {
    const { _isMockFunction: isMockFunction, mock } = fn as {
      _isMockFunction?: unknown;
      mock?: { callCount?: unknown };
    };
    return isMockFunction === true || (types.isProxy(fn) && typeof mock?.callCount === 'function');
  } catch {
    return false;
  }
}

/** Functions and objects that are there in every program, and whose text is Node's own. */
const GLOBALS = new Set(
  (
    'global globalThis process Buffer console performance crypto navigator fetch structuredClone queueMicrotask atob btoa ' +
    'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate URL URLSearchParams AbortController ' +
    'AbortSignal Event EventTarget TextEncoder TextDecoder Blob File FormData Headers Request Response WebSocket ' +
    'MessageChannel MessagePort MessageEvent BroadcastChannel DOMException WebAssembly Intl Math JSON Reflect Atomics ' +
    'localStorage sessionStorage Storage CloseEvent CustomEvent EventSource ReadableStream WritableStream TransformStream ' +
    'CompressionStream DecompressionStream CryptoKey SubtleCrypto Crypto Performance PerformanceEntry PerformanceObserver ' +
    'require module exports __filename __dirname'
  ).split(' '),
);

/** Whether a global is of the runtime, not of the program. */
export function isOfRuntime(name: string, value: unknown): boolean {
  if (GLOBALS.has(name)) return true;
  return typeof value === 'function' && /^function \w+\(\) \{ \[native code\] \}$/.test(codeText(value));
}

/** The name of a function, or an empty text. */
export function nameOfFunction(fn: object): string {
  return functionName(fn) ?? '';
}
