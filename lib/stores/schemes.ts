/** Stores by URL: an entry such as `tempcache/sqlite` registers its scheme when it is imported. */

import { invalidArgument } from '../common/errors.ts';
import { schemeOf } from '../options/location.ts';
import type { AsyncStore, Store, SyncStore } from './store.ts';

export { schemeOf } from '../options/location.ts';

/** A store as a text: what answers at once, and what answers with promises, so that types tell them apart. */
export type StoreUrl<S extends Store> = S extends SyncStore
  ? `sqlite:${string}` | `lmdb:${string}`
  : S extends AsyncStore
    ? `${string}://${string}`
    : never;

/** By scheme, in lower case and without the colon. One of this process: all imports of an entry register the same. */
const openers = new Map<string, (url: string) => Store>();

/** Which entry registers a scheme. */
const ENTRIES: Readonly<Record<string, string>> = {
  sqlite: 'sqlite',
  lmdb: 'lmdb',
  redis: 'redis',
  rediss: 'redis',
  postgres: 'sql',
  postgresql: 'sql',
};

/** Has URLs of a scheme lead to stores that `open` makes. */
export function registerScheme(scheme: string, open: (url: string) => Store): void {
  openers.set(scheme, open);
}

/** The store of a URL. @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a scheme that nothing has registered */
export function storeOfUrl(url: string): Store {
  const scheme = schemeOf(url) ?? '';
  const open = openers.get(scheme);
  if (open !== undefined) return open(url);
  const entry = Object.hasOwn(ENTRIES, scheme) ? ENTRIES[scheme] : undefined;
  const cure =
    entry === undefined
      ? `no store has such URLs; there are ${Object.keys(ENTRIES).join(', ')}`
      : `import 'tempcache/${entry}' first`;
  throw invalidArgument(`The store ${JSON.stringify(url)} is not known: ${cure}`);
}

/** The path in `sqlite:./file`, `sqlite:/a/file` and `sqlite:///a/file`. */
export function pathOfUrl(url: string): string {
  return url.slice(url.indexOf(':') + 1).replace(/^\/\/(?=\/)/, '');
}
