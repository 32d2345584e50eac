import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { Refusal } from './refusal.ts';
import { TAG } from './tags.ts';

const START_BYTES = 8192;
/** Memory that is kept from one key to the next. */
const MAX_KEPT = 128 * START_BYTES;
/** The most that stands in memory at once; long strings, binary data and large objects count as 32 bytes each. */
const MAX_BYTES = 64 * 1024 * 1024;
/** The most that is written in all, in bytes: it bounds the time that a key may take. */
const MAX_WORK = 512 * 1024 * 1024;
/** A byte that is only hashed costs so much less than one that is written. */
const HASHING_SHARE = 1 / 4;
/** Longer strings and binary data are written as their SHA-256. */
const MAX_INLINE = 4096;
/** Up to this length a loop over the characters beats a call into the runtime. */
const SHORT = 48;
/** Keys shorter than this find their view ready. */
const VIEWS = 256;

/** Bytes that grow, kept from one key to the next. Writes scalars; knows nothing of objects. */
export class ByteWriter {
  #bytes: Buffer = Buffer.allocUnsafeSlow(START_BYTES);
  /** Views of the first so many bytes: making one costs as much as writing a small key. */
  #views: (Buffer | undefined)[] = [];
  length = 0;
  /** What was written or hashed and stands in the bytes no longer. */
  #spent = 0;
  /** Where the parts of the key begin: as many as `#partCount` says, the rest is of older keys. */
  readonly #starts: number[] = [];
  #partCount = 0;

  /** The bytes written so far: a view, valid until the next write. */
  view(): Buffer {
    const { length } = this;
    return length < VIEWS ? (this.#views[length] ??= this.#bytes.subarray(0, length)) : this.#bytes.subarray(0, length);
  }

  /** Forgets what was written. */
  restart(): void {
    this.length = 0;
    this.#spent = 0;
    this.#partCount = 0;
  }

  /** Gives back memory that an unusual key made it take; the parts of one that stays large are forgotten. */
  trim(): void {
    if (this.#bytes.length <= MAX_KEPT) return;
    const fits = this.length <= MAX_KEPT;
    const smaller = Buffer.allocUnsafeSlow(fits ? Math.max(START_BYTES, this.length) : START_BYTES);
    if (fits) this.#bytes.copy(smaller, 0, 0, this.length);
    else this.restart();
    this.#bytes = smaller;
    this.#views = [];
  }

  /** Says that a part of the key begins here. */
  beginPart(): void {
    this.#starts[this.#partCount++] = this.length;
  }

  /** The parts of what was written: views, valid until the next write. */
  parts(): readonly Uint8Array[] {
    const starts = this.#starts.slice(0, this.#partCount);
    return starts.map((start, index) => this.#bytes.subarray(start, starts[index + 1] ?? this.length));
  }

  byte(value: number): void {
    if (this.length + 1 > this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value;
  }

  /** A tag and a 32-bit number, least significant byte first. */
  tagged(tag: number, value: number): void {
    if (this.length + 5 > this.#bytes.length) this.#grow(5);
    const bytes = this.#bytes;
    let at = this.length;
    bytes[at++] = tag;
    bytes[at++] = value;
    bytes[at++] = value >>> 8;
    bytes[at++] = value >>> 16;
    bytes[at++] = value >>> 24;
    this.length = at;
  }

  /** Bytes as they are; only for what has a length known to every reader. */
  raw(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    if (bytes.length > SHORT) this.#bytes.set(bytes, this.length);
    else for (let index = 0; index < bytes.length; index++) this.#bytes[this.length + index] = bytes[index] as number;
    this.length += bytes.length;
  }

  number(value: number): void {
    const int = value | 0;
    if (int === value && (int !== 0 || 1 / value > 0)) {
      this.tagged(TAG.int, int);
    } else if (value !== value) {
      this.byte(TAG.nan);
    } else {
      this.byte(TAG.double);
      this.#float64(value);
    }
  }

  /** UTF-8 for a well-formed string, UTF-16 for one with lone surrogates: what V8 holds it as does not show. */
  string(value: string): void {
    const length = value.length;
    if (length > SHORT) return this.#longString(value);
    if (this.length + length + 5 > this.#bytes.length) this.#grow(length + 5);
    const bytes = this.#bytes;
    const start = this.length + 5;
    for (let index = 0; index < length; index++) {
      const unit = value.charCodeAt(index);
      if (unit > 127) return this.#longString(value);
      bytes[start + index] = unit;
    }
    this.tagged(TAG.string, length);
    this.length += length;
  }

  /** Binary data, by content. */
  binary(bytes: Uint8Array): void {
    const isLong = bytes.length > MAX_INLINE;
    if (isLong) this.#spend(bytes.length * HASHING_SHARE);
    this.byte(isLong ? TAG.longBinary : TAG.binary);
    this.#float64(bytes.length);
    this.raw(isLong ? hash('sha256', bytes, 'buffer') : bytes);
  }

  /** Replaces all from a place on by its digest, and returns that. */
  fold(start: number): Uint8Array {
    this.#spend(this.length - start);
    const digest = hash('sha256', this.#bytes.subarray(start, this.length), 'buffer');
    this.length = start;
    this.digest(TAG.folded, digest);
    return digest;
  }

  /** A tag and a digest of 32 bytes. */
  digest(tag: number, digest: Uint8Array): void {
    this.byte(tag);
    this.raw(digest);
  }

  /** Puts consecutive stretches, given by their starts, into the order of their bytes. */
  sortFrom(starts: readonly number[]): void {
    if (starts.length < 2) return;
    const from = starts[0] as number;
    const copy = Buffer.from(this.#bytes.subarray(from, this.length));
    const members = starts.map((start, index) =>
      copy.subarray(start - from, (starts[index + 1] ?? this.length) - from),
    );
    members.sort((a, b) => Buffer.compare(a, b));
    let at = from;
    for (const member of members) {
      this.#bytes.set(member, at);
      at += member.length;
    }
  }

  #longString(value: string): void {
    const wellFormed = value.isWellFormed();
    if (value.length > MAX_INLINE) {
      this.#spend(value.length * HASHING_SHARE);
      this.tagged(wellFormed ? TAG.longString : TAG.longUtf16, value.length);
      return this.raw(hash('sha256', wellFormed ? value : Buffer.from(value, 'utf16le'), 'buffer'));
    }
    const room = 5 + value.length * 3;
    if (this.length + room > this.#bytes.length) this.#grow(room);
    const written = this.#bytes.write(value, this.length + 5, wellFormed ? 'utf8' : 'utf16le');
    this.tagged(wellFormed ? TAG.string : TAG.utf16, written);
    this.length += written;
  }

  #float64(value: number): void {
    if (this.length + 8 > this.#bytes.length) this.#grow(8);
    this.length = this.#bytes.writeDoubleLE(value, this.length);
  }

  #grow(more: number): void {
    const needed = this.length + more;
    if (needed > MAX_BYTES) throw Refusal.ofSize('over 64 MiB in one object', 'start');
    const grown = Buffer.allocUnsafeSlow(Math.min(MAX_BYTES, Math.max(needed, 2 * this.#bytes.length)));
    this.#bytes.copy(grown, 0, 0, this.length);
    this.#bytes = grown;
    this.#views = [];
  }

  #spend(bytes: number): void {
    this.#spent += bytes;
    if (this.#spent <= MAX_WORK) return;
    const measure = 2 * bytes > MAX_WORK ? undefined : 'objects';
    throw Refusal.ofSize('over 512 MiB in all, or 2 GiB of binary data', measure);
  }
}
