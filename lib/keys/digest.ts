import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';

import { encode, encodeList, type EncodeOptions } from './encode.ts';
import { ByteWriter } from './writer.ts';

/** Changed whenever the canonical bytes change, so that no id of an older version is ever met again. */
const KEY_FORMAT = 1;

/** What a key is of; keys of different domains never meet. */
export const DOMAIN = { item: 1, call: 2, customKey: 3, identity: 4, fingerprint: 5 } as const;

/** The writer that serves one key after another; undefined while it is in use, and after a key that was refused. */
let kept: ByteWriter | undefined;
/** The id of the key that was made last; it stands in that writer, if there is one. */
let keptId = '';

/** The first bytes of every key of one domain of one owner: a salt, or the identity of a function. */
export function keyPrefix(domain: number, owner: string): Uint8Array {
  return Uint8Array.from([KEY_FORMAT, domain, ...hash('sha256', Buffer.from(owner, 'utf16le'), 'buffer')]);
}

/** The id of a value. @throws UnkeyableError naming what in it cannot be keyed, from `options.root` on. */
export function idOfValue(prefix: Uint8Array, value: unknown, options: EncodeOptions): string {
  const out = begin(prefix);
  out.beginPart();
  encode(out, value, options);
  return finish(out);
}

/** What the ids of the calls of a function are made with. */
export class CallEncoding {
  readonly #prefix: Uint8Array;
  readonly #self: EncodeOptions;
  readonly #args: EncodeOptions;

  constructor(prefix: Uint8Array, { codeOf }: Pick<EncodeOptions, 'codeOf'> = {}) {
    this.#prefix = prefix;
    this.#self = codeOf === undefined ? { root: 'this' } : { root: 'this', codeOf };
    this.#args = { ...this.#self, root: 'args' };
  }

  /** The id of a call; `self` is undefined where the function makes no use of `this`. @throws UnkeyableError. */
  idOf(self: unknown, args: readonly unknown[]): string {
    const out = begin(this.#prefix);
    out.beginPart();
    encode(out, self, this.#self);
    encodeList(out, args, this.#args);
    return finish(out);
  }
}

/**
 * The canonical bytes of the last key that was made, if that has this id, else undefined: of a value it is one part; of a
 * call they are `this`, the length of the list of arguments, and each argument. None of a key that is very large. They are
 * views, valid until the next key is made: so that the key need not be written once more.
 */
export function partsOfLastKey(id: string): readonly Uint8Array[] | undefined {
  return id === keptId ? kept?.parts() : undefined;
}

/**
 * A method `cacheKey` may itself call a cached function: the inner call then finds the kept writer in use and takes one
 * of its own.
 */
function begin(prefix: Uint8Array): ByteWriter {
  const out = kept ?? new ByteWriter();
  kept = undefined;
  out.restart();
  out.raw(prefix);
  return out;
}

function finish(out: ByteWriter): string {
  const id = hash('sha256', out.view(), 'hex');
  out.trim();
  kept = out;
  keptId = id;
  return id;
}

/** More bytes than this are hashed by themselves first. */
const MAX_INLINE = 4096;
/** Room for a prefix. */
const MAX_PREFIX = 64;

/** Serves one digest after another: nothing calls back while it is in use. */
const scratch = Buffer.allocUnsafeSlow(MAX_PREFIX + 4 + MAX_INLINE);

/** What a digest is of: its owner, as `keyPrefix` makes it, and which of the owner's things. */
interface DigestOwner {
  readonly prefix: Uint8Array;
  readonly place: number;
}

/**
 * The first 32 bits of a digest of bytes: enough to see that two things of one place differ, and too few to tell them apart
 * for certain. The same bytes have another digest in another place, and under another prefix.
 */
export function shortDigest(bytes: Uint8Array, { prefix, place }: DigestOwner): number {
  const content = bytes.length > MAX_INLINE ? hash('sha256', bytes, 'buffer') : bytes;
  scratch.set(prefix);
  scratch.writeUInt32LE(place, prefix.length);
  scratch.set(content, prefix.length + 4);
  // As text of one byte a character: a buffer would cost more than the digest.
  const digest = hash('sha256', scratch.subarray(0, prefix.length + 4 + content.length), 'binary');
  let bits = 0;
  for (let at = 3; at >= 0; at--) bits = (bits << 8) | digest.charCodeAt(at);
  return bits >>> 0;
}
