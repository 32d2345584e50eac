/** What calls depend on beside their arguments and the function: variables of the environment, files, what `deps` gives. */

import process from 'node:process';
import { fileURLToPath } from 'node:url';

import type { Settings } from '../calls/settings.ts';
import { isTempCacheError, UnkeyableError } from '../common/errors.ts';
import { DOMAIN, idOfValue, keyPrefix } from '../keys/digest.ts';
import { FINGERPRINT, type FingerprintTag } from '../records/fingerprints.ts';
import { codeNow } from './captures/classes.ts';
import { readDeps, type Deps } from './deps.ts';
import { digestOfContent } from './captures/file-digests.ts';

/** The digests of what a call depends on, each with what it is of. */
export type Outside = readonly (readonly [FingerprintTag, string])[];

/** What is to be read at each call. */
export interface OutsideTerms extends Pick<Settings, 'env' | 'files'> {
  /** The name of the function, for messages. */
  readonly name: string;
  readonly deps: Deps | undefined;
}

/** Whether there is anything to read at a call. */
export function hasOutside({ env, files, deps }: OutsideTerms): boolean {
  return env.length > 0 || files !== undefined || deps?.read !== undefined;
}

const PREFIX = keyPrefix(DOMAIN.identity, 'outside');

/** Reads what a call depends on now. @throws UnkeyableError */
export function readOutside({ env, files, deps, name }: OutsideTerms, args: readonly unknown[]): Outside {
  const found: [FingerprintTag, string][] = [];
  if (env.length > 0) {
    const values = env.map((variable) => [variable, process.env[variable]]);
    found.push([FINGERPRINT.env, idOfValue(PREFIX, values, { root: 'env' })]);
  }
  if (files !== undefined) {
    const given = ask({ name, option: 'files' }, () => files(...args));
    const digests = (Array.isArray(given) ? given : [given]).map((one, at) => digestAt(one, at, name));
    found.push([FINGERPRINT.files, idOfValue(PREFIX, digests, { root: 'files' })]);
  }
  if (deps?.read !== undefined) {
    const given = ask({ name, option: 'deps' }, deps.read);
    if (!Array.isArray(given)) throw new UnkeyableError(`The option deps of ${name} gave no array`, { path: 'deps' });
    found.push([FINGERPRINT.depsOfCall, readDeps(given, codeNow).digest]);
  }
  return found;
}

interface Asked {
  readonly name: string;
  readonly option: string;
}

function ask({ name, option }: Asked, read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    throw new UnkeyableError(`The option ${option} of ${name} threw; see the cause`, { path: option, cause });
  }
}

function digestAt(given: unknown, at: number, name: string): string {
  const path = `files[${at}]`;
  try {
    return digestOfContent(pathOf(given, path, name));
  } catch (cause) {
    if (isTempCacheError(cause)) throw cause;
    throw new UnkeyableError(`${path} of ${name} cannot be read: ${String(given)}; see the cause`, { path, cause });
  }
}

function pathOf(given: unknown, path: string, name: string): string {
  if (typeof given === 'string') return given;
  const { href } = Object(given) as { readonly href?: unknown };
  if (typeof href === 'string') return fileURLToPath(href);
  const wanted = 'paths or file: URLs, one or an array of them, and no promise';
  throw new UnkeyableError(`The option files of ${name} has to give ${wanted}`, { path });
}
