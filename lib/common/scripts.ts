import { fileURLToPath } from 'node:url';

/** The path of a script, by what V8 calls it; undefined for what is no file. */
export function pathOfScript(url: string): string | undefined {
  try {
    if (url.startsWith('file:')) return fileURLToPath(url.replace(/[?#].*$/, ''));
    return /^(?:\/|[A-Za-z]:[\\/])/.test(url) ? url.replace(/[?#].*$/, '') : undefined;
  } catch {
    return undefined;
  }
}
