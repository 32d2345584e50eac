import * as fs from 'node:fs';
import { errorCode } from '../../errors.ts';
import { isAbsent } from './failure.ts';

/**
 * A lock is a symbolic link that leads nowhere: its target is the token of its holder. Making one is atomic and
 * exclusive, never shows half a token, needs no descriptor, and leaves nothing behind once it is removed. Measured, made and
 * removed: 19 us on ext4 and 10 us on tmpfs; a hard link of a ready file, the cheapest of all, takes 17 and 8 but needs that
 * file made before and removed after, with every way for it to be lost; creating a file and writing to it takes 33 and 20.
 *
 * Where the file system has no symbolic links, a file with the token inside serves. It is empty for an instant; an
 * empty one is told from other empty ones by what the file system knows of it.
 */
const NO_LINKS = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'UNKNOWN']);

/** Whether the lock was free and is now held by the token. Throws where it could not be made. */
export function createLock(path: string, token: string): boolean {
  try {
    if (process.platform === 'win32') createFile(path, token);
    else fs.symlinkSync(token, path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return false;
    if (process.platform === 'win32' || code === undefined || !NO_LINKS.has(code)) throw error;
  }
  return createLockFile(path, token);
}

/** The same with a file. */
export function createLockFile(path: string, token: string): boolean {
  try {
    createFile(path, token);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A full disk leaves no empty lock behind. */
function createFile(path: string, token: string): void {
  const fd = fs.openSync(path, 'wx', 0o600);
  let written = false;
  try {
    fs.writeSync(fd, token);
    written = true;
  } finally {
    fs.closeSync(fd);
    if (!written) removeLock(path);
  }
}

/** The token of the holder, or undefined where nobody holds it. */
export function readLock(path: string): string | undefined {
  try {
    return fs.readlinkSync(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    // EINVAL, or UNKNOWN on Windows: it is not a link.
    if (errorCode(error) !== 'EINVAL' && errorCode(error) !== 'UNKNOWN') throw error;
  }
  return readLockFile(path);
}

function readLockFile(path: string): string | undefined {
  try {
    const stats = fs.lstatSync(path);
    if (!stats.isFile() || stats.size === 0 || stats.size > 200) return `?${stats.ino}-${stats.mtimeMs}`;
    return fs.readFileSync(path, 'latin1');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Ms since the epoch when the lock was taken or renewed last; undefined where nobody holds it. */
export function lockRenewedAt(path: string): number | undefined {
  return fs.lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** Has {@link lockRenewedAt} say now. */
export function touchLock(path: string): void {
  const now = Date.now() / 1000;
  fs.lutimesSync(path, now, now);
}

/** Makes a lock free; one that is free already stays so. */
export function removeLock(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}
