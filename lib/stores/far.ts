/** What stores on servers have alike. */

import { URL } from 'node:url';
import type { Row } from '../options/rows.ts';
import { parseTimeout } from '../options/parse.ts';

/** Ms that an answer may take: the option `timeout`. */
export const TIMEOUT: Row<number> = { parse: parseTimeout, default: 5000 };

/** Where the records of a server at a URL are: without a password, and with what they are called there. */
export function scopeOfUrl(url: string, name: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}#${name}`;
}

const scopes = new WeakMap<object, Map<string, object>>();

/** The same for a client: nothing says where its server is. */
export function scopeOfClient(client: object, name: string): object {
  const known = scopes.get(client) ?? new Map<string, object>();
  scopes.set(client, known);
  const scope = known.get(name) ?? {};
  known.set(name, scope);
  return scope;
}
