import { perScope } from '../runtime/per-store.ts';
import { codeText } from '../common/texts.ts';
import { AmbiguousFunctionError } from '../common/errors.ts';
import type { Identity, Witness } from './identity.ts';
import { type AnyFunction } from './source.ts';

/** The functions that came first with an identity. They are kept for good: their entries outlive them. */
type Claim = readonly {
  readonly ref: WeakRef<AnyFunction>;
  /** Kept only where the digest says nothing of it. */
  readonly text: string | undefined;
}[];

type Claims = Map<string, Claim>;

const claimsOf: (scope: string | object) => Claims = perScope(() => new Map());

/**
 * Refuses a second function object of the same identity over the same records, whichever cache object it came through:
 * two closures made by one factory, methods of two classes, an inline function made anew at each call. They may capture
 * different variables, which cannot be seen. The same holds for what their `key` and the functions among their `deps`
 * capture. The user can vouch for all of these, but not for two sources under one version.
 *
 * @throws AmbiguousFunctionError
 */
export function claimIdentity(scope: string | object, identity: Identity): void {
  const { digest, versioned, witnesses } = identity;
  if (!versioned && witnesses.every(({ vouched }) => vouched)) return;
  const claims = claimsOf(scope);
  const claim = claims.get(digest);
  if (claim === undefined) claims.set(digest, witnesses.map(claimFor, identity));
  else witnesses.forEach((witness, index) => compare(identity, witness, claim[index]));
}

function claimFor(this: Identity, { fn, role }: Witness): Claim[number] {
  return { ref: new WeakRef(fn), text: this.versioned && role === 'function' ? this.source.text : undefined };
}

function compare(identity: Identity, { fn, role, vouched }: Witness, first: Claim[number] | undefined): void {
  if (first === undefined || first.ref.deref() === fn) return;
  const edited = first.text !== undefined && first.text !== codeText(fn);
  if (vouched && !edited) return;
  const start = `Another function "${identity.name}" is cached in the same place already, and`;
  throw new AmbiguousFunctionError(`${start} ${edited ? EDITED : complaint(identity, role)}`);
}

const EDITED =
  'its source is another one although the version is the same: give each a { name } or { version } of its own';

function complaint({ source }: Identity, role: Witness['role']): string {
  if (role === 'key') {
    return (
      'their key functions may capture different variables: make the key function once, outside of loops and other ' +
      'functions, or name what it captures with { deps: [...] }, or say with { sameEverywhere: true } that all of them are the same'
    );
  }
  if (role === 'dep') {
    return (
      'functions among their deps look alike and may capture different variables: add what these capture to the deps, ' +
      'or say with { sameEverywhere: true } that all of them are the same'
    );
  }
  if (source.opaque) return 'the source of neither can be seen: give each a { name } of its own, or { name, deps }';
  if (source.form === 'arrow' && source.usesThis) {
    return (
      'an arrow function takes `this` from where it stands, which no key shows: write a method instead, or name what it ' +
      'takes from `this` with { deps: [...] }'
    );
  }
  if (source.form === 'method') {
    return (
      'methods of two classes or objects may differ in what they capture: give each a { name } of its own, such as ' +
      "'User.load', or name what it captures with { deps: [...] }"
    );
  }
  return (
    'they may capture different variables: wrap the function once, outside of loops and other functions, ' +
    'or name what it captures with { deps: [...] }, or say with { sameEverywhere: true } that all of them are the same'
  );
}
