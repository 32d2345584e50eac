import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** The project into which the packed package is installed. */
export const project: string = setting('PACKED_PROJECT');
/** The packed package. */
export const tarball: string = setting('PACKED_TARBALL');
/** The entries of the package, as they are imported. */
export const entries: readonly string[] = [
  'tempcache',
  'tempcache/devalue',
  'tempcache/inspect',
  'tempcache/keyv',
  'tempcache/lmdb',
  'tempcache/redis',
  'tempcache/sql',
  'tempcache/sqlite',
  'tempcache/store',
  'tempcache/testing',
  'tempcache/unstorage',
  'tempcache/v8-serializer-utils',
];

/** Writes a file of the project and returns its path. */
export async function write(name: string, text: string): Promise<string> {
  const file = join(project, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** Runs a script of the project in plain Node and returns what it prints. */
export async function node(file: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await exec(process.execPath, [file, ...args], { cwd: project, env: ownEnvironment() });
  return stdout.trim();
}

/** Compiles a folder of the project and returns the errors of the compiler, one a line, '' for none. */
export async function compile(folder: string): Promise<string> {
  const tsc = join(import.meta.dirname, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    await exec(process.execPath, [tsc, '-p', folder], { cwd: project, env: ownEnvironment() });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** The options with which Jest runs are none of the child's, and what earlier runs have cached is none of this one's. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_OPTIONS: '', TEMPCACHE_DIR: join(project, 'caches'), TEMPCACHE_MODE: '' };
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: run the package specs with spec/package/jest.config.js`);
  return value;
}
