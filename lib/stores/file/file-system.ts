import * as fs from 'node:fs';
import { dirname, sep } from 'node:path';
import { realPath } from './private-folder.ts';

/** What is known of the file system on which a folder lies. What cannot be known is undefined. */
export interface FileSystemFacts {
  /** As the system calls it: `'ext4'`, `'tmpfs'`. Known on Linux. */
  readonly fileSystem: string | undefined;
  /** Bytes that this user may still write. */
  readonly freeBytes: number | undefined;
  readonly totalBytes: number | undefined;
  /** Whether no more files can be made, whatever the space. */
  readonly isOutOfFiles: boolean;
}

/** Never throws. For a folder that is not there, what holds for the next one above that is. */
export function fileSystemOf(path: string): FileSystemFacts {
  const real = nextThatIsThere(realPath(path));
  const fileSystem = typeFromMounts(real);
  try {
    const { bavail, blocks, bsize, ffree, files } = fs.statfsSync(real);
    // Some file systems have no limit, and say so by a total of 0.
    const isOutOfFiles = files > 0 && ffree === 0;
    return { fileSystem, freeBytes: bavail * bsize, totalBytes: blocks * bsize, isOutOfFiles };
  } catch {
    return { fileSystem, freeBytes: undefined, totalBytes: undefined, isOutOfFiles: false };
  }
}

function nextThatIsThere(path: string): string {
  const parent = dirname(path);
  return parent === path || fs.existsSync(path) ? path : nextThatIsThere(parent);
}

/** The type of the innermost mount around a path; of several in one place the last one hides the others. */
function typeFromMounts(path: string): string | undefined {
  let found: { readonly length: number; readonly type: string } | undefined;
  for (const line of readMounts().split('\n')) {
    const { point, type } = parseMount(line);
    if (type === undefined || !isWithin(path, point)) continue;
    if (found === undefined || point.length >= found.length) found = { length: point.length, type };
  }
  return found?.type;
}

function readMounts(): string {
  try {
    return fs.readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
}

/** `36 35 98:0 /root /mount/point options shared:1 - ext4 /dev/sda1 options`, with spaces as `\040`. */
function parseMount(line: string): { readonly point: string; readonly type: string | undefined } {
  const [before = '', after = ''] = line.split(' - ');
  const point = before.split(' ')[4] ?? '';
  const [type] = after.split(' ');
  return {
    point: point.replaceAll(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8))),
    type,
  };
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
