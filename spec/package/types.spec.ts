import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { compile, ownEnvironment, project, write } from '../support/packed.ts';

const modules = join(import.meta.dirname, '..', '..', 'node_modules');
const typeRoots = [join(modules, '@types')];
const tsserver = join(modules, 'typescript', 'lib', 'tsserver.js');

/** A consumer that uses what a beginner uses, and claims the types that it sees. */
const CONSUMER = `
import { TempCache, type CacheItem } from 'tempcache';
import { devalueSerializer } from 'tempcache/devalue';
import { defineStore, mapStore } from 'tempcache/store';
import { deserialize, serialize } from 'tempcache/v8-serializer-utils';

interface User { id: number; name: string }
const cache = new TempCache('users', { maxAge: '2h', serializer: devalueSerializer(), salt: '1' });
const load = cache.wrap(function load(id: number, fresh = false): User { return { id, name: String(fresh) }; });
const later = cache.wrap(async function later(id: number): Promise<User> { return { id, name: '' }; }, { version: '2' });

export const user: User = load(1);
export const promised: Promise<User> = later(1);
export const item: CacheItem = cache.itemForKey(['user', 1]);
export const there: boolean = item.exists();
export const bytes: Uint8Array = serialize(new Map([[1, user]]));
export const value: unknown = deserialize(bytes);
export const mapped: CacheItem = new TempCache('map', { store: mapStore(new Map()) }).itemForKey(1);
export const remote = defineStore({
  kind: 'async',
  get: async (id) => new Uint8Array(id.length),
  set: async (id, bytes) => [id, bytes],
  delete: async () => true,
  entries: async () => [],
  clear: async () => {},
  close: async () => {},
});
export const far: Promise<boolean> = new TempCache('far', { store: remote }).itemForKey(1).exists();
export const sum: number = cache.cacheResult(function add(a: number, b: number) { return a + b; }, 1, 2);
`;

/** Each line is an error, unless the types have become any. */
const MISUSE = `
import { TempCache } from 'tempcache';
const cache = new TempCache('users');
const load = cache.wrap(function load(id: number): string { return String(id); });
load('1');
export const wrong: number = load(1);
new TempCache('users', { maxage: 1 });
new TempCache('users', { maxAge: true });
`;

/** The errors of the compiler in some files of a folder of the project. */
async function errorsOf(folder: string, files: Readonly<Record<string, string>>, options: object): Promise<string> {
  const base = { strict: true, noEmit: true, target: 'es2023', skipLibCheck: true, typeRoots, types: ['node'] };
  const config = { compilerOptions: { ...base, ...options }, files: Object.keys(files) };
  await write(join(folder, 'tsconfig.json'), JSON.stringify(config));
  for (const [name, text] of Object.entries(files)) await write(join(folder, name), text);
  return compile(folder);
}

describe('the types of the package', () => {
  it('are sound, and fit in ES and CommonJS modules', async () => {
    const options = { module: 'nodenext', skipLibCheck: false, exactOptionalPropertyTypes: true };
    expect(await errorsOf('node', { 'use.mts': CONSUMER, 'use.cts': CONSUMER }, options)).toBe('');
  });

  it.each([
    { use: 'a bundled module', folder: 'bundled', options: { module: 'esnext', moduleResolution: 'bundler' } },
    {
      use: 'a module that is resolved in the old way',
      folder: 'old',
      options: { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    },
  ])('fit in $use', async ({ folder, options }) => {
    expect(await errorsOf(folder, { 'use.ts': CONSUMER }, options)).toBe('');
  });

  it('are the same for both kinds of module', async () => {
    const give = `export { TempCache } from 'tempcache';`;
    const take = `import type { TempCache } from 'tempcache';
import type { TempCache as Other } from './give.cjs' with { 'resolution-mode': 'require' };
export const same = (cache: TempCache): Other => cache;`;
    expect(await errorsOf('both', { 'give.cts': give, 'take.mts': take }, { module: 'nodenext' })).toBe('');
  });

  it('refuse wrong arguments, results and options', async () => {
    const errors = await errorsOf('misuse', { 'use.mts': MISUSE }, { module: 'nodenext' });
    const lines = [...errors.matchAll(/use\.mts\((\d+),\d+\): error/g)].map((match) => Number(match[1]));
    expect(lines).toStrictEqual([5, 6, 7, 8]);
  });

  it('lead an editor to the source', async () => {
    const file = await write('editor/use.mts', `import { TempCache } from 'tempcache';\nnew TempCache().prune();\n`);
    const source = join(project, 'node_modules', 'tempcache', 'lib', 'temp-cache.ts');
    const text = readFileSync(source, 'utf8').split('\n');
    for (const [offset, declaration] of [
      [5, 'export class TempCache'],
      [17, '  prune('],
    ] as const) {
      const { file: found, start } = await definition(file, { line: 2, offset });
      expect(found).toBe(source);
      expect(text[start.line - 1]).toMatch(new RegExp(`^${declaration.replace('(', String.raw`\(`)}`));
    }
  });
});

interface Definition {
  readonly file: string;
  readonly start: { readonly line: number };
}

/** Where an editor goes from a place in a file, by the server that editors ask. */
async function definition(
  file: string,
  place: { readonly line: number; readonly offset: number },
): Promise<Definition> {
  const server = spawn(process.execPath, [tsserver, '--disableAutomaticTypingAcquisition'], {
    cwd: project,
    env: ownEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const ask = (seq: number, command: string, args: object): void =>
      void server.stdin.write(`${JSON.stringify({ seq, type: 'request', command, arguments: args })}\n`);
    ask(1, 'open', { file });
    ask(2, 'definition', { file, ...place });
    for await (const line of createInterface({ input: server.stdout })) {
      if (!line.startsWith('{')) continue;
      const { request_seq: answered, body } = JSON.parse(line) as {
        request_seq?: number;
        body?: readonly Definition[];
      };
      if (answered === 2 && body?.[0] !== undefined) return body[0];
    }
    throw new Error('The server has ended without an answer');
  } finally {
    server.kill();
  }
}
