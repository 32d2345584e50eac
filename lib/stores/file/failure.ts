import { errorCode, StoreError, TempCacheError } from '../../common/errors.ts';

const CURES: Readonly<Record<string, string>> = {
  EACCES: 'check who owns the folder and its permissions',
  EDQUOT: 'the disk quota is used up: remove files, or choose another folder',
  EISDIR: 'no file stands where a record belongs: remove it',
  ELOOP: 'remove the symbolic link that stands where a record belongs',
  ENAMETOOLONG: 'choose a folder with a shorter path',
  ERR_ACCESS_DENIED:
    'grant this process all that is in the folder: `--allow-fs-read` and `--allow-fs-write`, with `/*` at the end',
  EMFILE: 'this process has too many files open: close some, or raise `ulimit -n`',
  ENFILE: 'the machine has too many files open',
  ENOSPC: 'the disk is full: remove files, or choose another folder',
  ENOTDIR: 'a file stands where a folder belongs: remove it, or choose another folder',
  EPERM: 'check who owns the folder and its permissions',
  ENXIO: 'no file stands where a record belongs: remove it',
  EROFS: 'the file system is read-only: choose another folder',
};

/** The error to throw for a failed file operation; an error of this package stays what it is. */
export function storeFailure(what: string, cause: unknown, details: { path: string; id?: string }): TempCacheError {
  if (cause instanceof TempCacheError) return cause;
  const code = errorCode(cause);
  const reason = code ?? (cause as Error | undefined)?.message ?? String(cause);
  const cure = code !== undefined && code in CURES ? `; ${CURES[code]}` : '';
  return new StoreError(`Cannot ${what} ${details.path}: ${reason}${cure}`, { ...details, cause });
}

/** What comes of the work, or undefined where a path led to nothing. Throws what else the file system says. */
export function ifAny<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** What comes of the work, or something else where it throws. */
export function orElse<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** Whether a path led to no file: to nothing, or to a folder, a link, a pipe or the like. */
export function isNoFile(error: unknown): boolean {
  const code = errorCode(error instanceof TempCacheError ? error.cause : error) ?? '';
  return isAbsent(error) || ['EISDIR', 'ELOOP', 'ENXIO'].includes(code);
}

/** Whether a path led to nothing: the file, or a folder on the way to it, is not there. */
export function isAbsent(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
