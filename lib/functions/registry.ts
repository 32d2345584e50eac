import { AmbiguousFunctionError } from '../errors.ts';
import type { Identity } from './identity.ts';
import type { AnyFunction } from './source.ts';

/** The function that came first with an identity. It is never forgotten: its entries outlive it. */
interface Claim {
  readonly fn: WeakRef<AnyFunction>;
  readonly text: string;
}

type Claims = Map<string, Claim>;

const byPath = new Map<string, Claims>();
const byObject = new WeakMap<object, Claims>();

/**
 * Refuses a second function object of the same identity over the same records, whichever cache object it came through:
 * two closures made by one factory, methods of two classes, an inline function made anew at each call. They may capture
 * different variables, which nobody can see. A name or deps that the user gave vouch for them, as long as their source
 * is the same; a function without visible source needs both.
 *
 * @throws AmbiguousFunctionError
 */
export function claimIdentity(scope: string | object, fn: AnyFunction, identity: Identity): void {
  const claims = claimsOf(scope);
  const claim = claims.get(identity.digest);
  if (claim === undefined) {
    claims.set(identity.digest, { fn: new WeakRef(fn), text: identity.source.text });
    return;
  }
  if (claim.fn.deref() === fn || identity.vouched === 'always') return;
  if (identity.vouched === 'by source' && claim.text === identity.source.text) return;
  throw new AmbiguousFunctionError(explain(identity, claim));
}

function claimsOf(scope: string | object): Claims {
  const claims = typeof scope === 'string' ? byPath.get(scope) : byObject.get(scope);
  if (claims !== undefined) return claims;
  const fresh: Claims = new Map();
  if (typeof scope === 'string') byPath.set(scope, fresh);
  else byObject.set(scope, fresh);
  return fresh;
}

function explain({ name, source }: Identity, claim: Claim): string {
  const start = `Another function "${name}" is cached in the same place already, and`;
  if (source.opaque)
    return `${start} the source of neither can be seen: give each a { name } of its own, or { name, deps }`;
  if (claim.text !== source.text) {
    return `${start} its source is another one although the version is the same: give each a { name } or { version } of its own`;
  }
  return (
    `${start} they may capture different variables: wrap the function once, outside of loops and other functions, ` +
    `or name what it captures with { deps: [...] }, or say with { name } that all of them are the same`
  );
}
