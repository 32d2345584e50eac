/** Every error that this package throws on purpose. */

/** What an error may tell about its circumstances. */
export interface ErrorDetails {
  /** The id of the item concerned. */
  readonly id?: string | undefined;
  /** The file or folder concerned. */
  readonly path?: string | undefined;
  /** The error underneath, where there is one. */
  readonly cause?: unknown;
}

/** Base of all errors of this package. `code` tells them apart, across copies of the package and realms too. */
export class TempCacheError extends Error {
  /** A stable string, `ERR_TEMPCACHE_...`. */
  readonly code: string;
  /** The id of the item concerned, where there is one. */
  readonly id: string | undefined;
  /** The file or folder concerned, or the place inside a value, where there is one. */
  readonly path: string | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.id = details.id;
    this.path = details.path;
  }
}

/** A key, an argument or a `this` that cannot be told apart safely. `path` says where: `args[0].user.session`. */
export class UnkeyableError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_UNKEYABLE';

  constructor(message: string, details: ErrorDetails = {}) {
    super('ERR_TEMPCACHE_UNKEYABLE', message, details);
  }
}

/** A value that a serializer cannot store without losing something. `path` says where: `value.user.session`. */
export class UnserializableError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_UNSERIALIZABLE';

  constructor(message: string, details: ErrorDetails = {}) {
    super('ERR_TEMPCACHE_UNSERIALIZABLE', message, details);
  }
}

/** Why there is nothing to load. */
export type MissingReason = 'absent' | 'expired' | 'invalid';

const MISSING: Readonly<Record<MissingReason, string>> = {
  absent: 'is not in the cache',
  expired: 'has expired',
  invalid: 'is not what the option validate lets pass',
};

/** `load()` found no record, one that is past its age, or one that the option `validate` does not let pass. */
export class MissingItemError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_MISSING_ITEM';
  readonly reason: MissingReason;

  constructor(reason: MissingReason, details: ErrorDetails = {}) {
    super(
      'ERR_TEMPCACHE_MISSING_ITEM',
      `Item ${details.id} ${MISSING[reason]}: save() it, or use tryLoad() or loadOrSave()`,
      details,
    );
    this.reason = reason;
  }
}

/** A record that is damaged, written by another serializer or by a newer version, or not a record at all. */
export class CorruptItemError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_CORRUPT_ITEM';

  constructor(message: string, details: ErrorDetails = {}) {
    super('ERR_TEMPCACHE_CORRUPT_ITEM', message, details);
  }
}

/** A store that could not do what it was asked: the disk is full, the folder may not be read, the server is gone. */
export class StoreError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_STORE';

  constructor(message: string, details: ErrorDetails = {}) {
    super('ERR_TEMPCACHE_STORE', message, details);
  }
}

/** A value whose record is longer than `maxEntryBytes`, or than all that `maxBytes` allows: it is not stored. */
export class EntryTooLargeError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_ENTRY_TOO_LARGE';

  constructor(message: string, details: ErrorDetails = {}) {
    super('ERR_TEMPCACHE_ENTRY_TOO_LARGE', message, details);
  }
}

/** A computation that took longer than `computeTimeout`. */
export class ComputeTimeoutError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_COMPUTE_TIMEOUT';

  constructor(message: string, details: ErrorDetails = {}) {
    super('ERR_TEMPCACHE_COMPUTE_TIMEOUT', message, details);
  }
}

/** A cache folder that other users could have prepared or could change: nothing in it is read or written. */
export class UnsafeFolderError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_UNSAFE_FOLDER';

  constructor(message: string, details: ErrorDetails = {}) {
    super('ERR_TEMPCACHE_UNSAFE_FOLDER', message, details);
  }
}

/** A function without a name, or a native or bound one: nothing tells it apart from another one. */
export class AnonymousFunctionError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_ANONYMOUS_FUNCTION';

  constructor(message: string) {
    super('ERR_TEMPCACHE_ANONYMOUS_FUNCTION', message);
  }
}

/** Two functions that look alike and may still differ in what they capture. */
export class AmbiguousFunctionError extends TempCacheError {
  declare readonly code: 'ERR_TEMPCACHE_AMBIGUOUS_FUNCTION';

  constructor(message: string) {
    super('ERR_TEMPCACHE_AMBIGUOUS_FUNCTION', message);
  }
}

/** Their names belong on the prototypes, as with the built-in errors: not enumerable, not a field of every instance. */
const CLASSES = {
  TempCacheError,
  UnkeyableError,
  UnserializableError,
  MissingItemError,
  CorruptItemError,
  StoreError,
  EntryTooLargeError,
  ComputeTimeoutError,
  UnsafeFolderError,
  AnonymousFunctionError,
  AmbiguousFunctionError,
};
for (const [name, { prototype }] of Object.entries(CLASSES)) {
  Object.defineProperty(prototype, 'name', { value: name, configurable: true, writable: true });
}

/** A `TypeError` with Node's code for a bad argument or option. */
export function invalidArgument(message: string): TypeError & { code: string } {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_VALUE' });
}

/** The `code` of whatever was thrown (`'ENOENT'`), or undefined. Never throws. */
export function errorCode(error: unknown): string | undefined {
  try {
    const code = (error as { code?: unknown } | null | undefined)?.code;
    return typeof code === 'string' ? code : undefined;
  } catch {
    // A getter that throws, or a proxy that was revoked.
    return undefined;
  }
}

/** Whether something thrown says that a disk, or what a user may have of it, is full. Never throws. */
export function isFull(error: unknown): boolean {
  const codes = [errorCode(error), errorCode(error instanceof TempCacheError ? error.cause : undefined)];
  return codes.includes('ENOSPC') || codes.includes('EDQUOT');
}

/** Whether something thrown is an error of this package, of another copy of it too. Never throws. */
export function isTempCacheError(error: unknown): error is TempCacheError {
  return errorCode(error)?.startsWith('ERR_TEMPCACHE_') === true;
}

/** Whether a serializer has refused a value. */
export function isUnserializable(error: unknown): error is UnserializableError {
  return isTempCacheError(error) && error.code === 'ERR_TEMPCACHE_UNSERIALIZABLE';
}

/** Whether something thrown says that a folder is not safe. Never throws. */
export function isUnsafeFolder(error: unknown): error is UnsafeFolderError {
  return errorCode(error) === 'ERR_TEMPCACHE_UNSAFE_FOLDER';
}
