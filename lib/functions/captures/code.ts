import { digestOfContent } from './file-digests.ts';
import { areUnedited } from './sources.ts';
import { digestOf } from './walk.ts';

/** A digest of the content of files; undefined where one cannot be read, or was edited since the process was started. Never throws. */
export function digestOfCode(paths: readonly string[]): string | undefined {
  const files = [...new Set(paths)].toSorted();
  try {
    return areUnedited(files) ? digestOf(files.map((path) => digestOfContent(path))) : undefined;
  } catch {
    return undefined;
  }
}
