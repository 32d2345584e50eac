/** What stores on servers have alike. */

import { URL } from 'node:url';
import { invalidArgument } from '../common/errors.ts';
import type { Row } from '../options/rows.ts';
import { parseTimeout, show } from '../options/parse.ts';

/** Ms that an answer may take: the option `timeout`. */
export const TIMEOUT: Row<number> = { parse: parseTimeout, default: 5000 };

/** What leads to servers of one kind. */
export interface ServerKind<C extends object> {
  /** The function that makes the store: `redisStore()`. */
  readonly maker: string;
  /** How URLs of such servers begin, without the colon. */
  readonly schemes: readonly string[];
  /** Which clients there are: `a client of redis or ioredis`. */
  readonly clients: string;
  isClient(given: object): given is C;
}

/** A server, by its URL or by a user's client, and where its records are. */
export type ServerPlace<C> =
  | { readonly url: string; readonly scope: string }
  | { readonly url: undefined; readonly client: C; readonly scope: object };

/**
 * The server that a user has given, where the records are called by a name.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what leads to no server of this kind
 */
export function placeOf<C extends object>(
  given: string | URL | C,
  name: string,
  { maker, schemes, clients, isClient }: ServerKind<C>,
): ServerPlace<C> {
  if (typeof given === 'string' || given instanceof URL) {
    const url = String(given);
    if (schemes.some((scheme) => url.startsWith(`${scheme}://`))) return { url, scope: scopeOfUrl(url, name) };
    const beginnings = schemes.map((scheme) => `${scheme}://`).join(' or ');
    throw invalidArgument(`${maker} needs a URL that begins with ${beginnings}; it was given ${show(url)}`);
  }
  if (typeof given === 'object' && given !== null && isClient(given)) {
    return { url: undefined, client: given, scope: scopeOfClient(given, name) };
  }
  throw invalidArgument(`${maker} needs a URL, or ${clients}; it was given ${show(given)}`);
}

/** Where the records of a server at a URL are: without a password, and with what they are called there. */
function scopeOfUrl(url: string, name: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}#${name}`;
}

const scopes = new WeakMap<object, Map<string, object>>();

/** The same for a client: nothing says where its server is. */
function scopeOfClient(client: object, name: string): object {
  const known = scopes.get(client) ?? new Map<string, object>();
  scopes.set(client, known);
  const scope = known.get(name) ?? {};
  known.set(name, scope);
  return scope;
}
