import type { FileSystemFacts } from '../stores/file/file-system.ts';
import type { FolderAccess, FolderContent } from '../stores/file/folder-facts.ts';
import type { Diagnosis } from './diagnosis.ts';

/** All that is known of a folder. */
export interface Facts
  extends
    Omit<Diagnosis, 'problems'>,
    Pick<FolderAccess, 'isUsable' | 'isParentOpen'>,
    Pick<FileSystemFacts, 'isOutOfFiles'>,
    Pick<FolderContent, 'misplaced' | 'alien' | 'areCountersDamaged'> {}

/** Bytes below which a disk is about to be full. */
const LITTLE = 64 * 2 ** 20;

/** Each thing that can be wrong: what to say of it, or undefined where it is right. */
const CHECKS: readonly ((facts: Facts) => string | undefined)[] = [
  ({ exists, isSafe, isUsable, path }) =>
    exists && isSafe && !isUsable ? `This process may not read and write ${path}: check its owner and mode` : undefined,
  ({ exists, isSafe, isPrivate, mode, path }) =>
    exists && isSafe && !isPrivate
      ? `Others can look into ${path} (mode ${mode}): run \`chmod 700 ${path}\``
      : undefined,
  ({ isParentOpen, path }) =>
    isParentOpen
      ? `Everybody can rename what is in the folder above ${path}: set its sticky bit with \`chmod +t\`, or choose another folder`
      : undefined,
  ({ freeBytes, path }) =>
    freeBytes !== undefined && freeBytes < LITTLE
      ? `Only ${freeBytes} bytes are free where ${path} lies: prune caches, or remove other files`
      : undefined,
  ({ isOutOfFiles, path }) =>
    isOutOfFiles
      ? `The file system of ${path} has no room for more files: clear caches, or remove other files`
      : undefined,
  ({ alien, path }) =>
    alien > 0
      ? `${alien} files in ${path} belong to another user and may not be readable: remove them as that user`
      : undefined,
  ({ misplaced, path }) =>
    misplaced.length > 0 ? `There is no file where one belongs in ${path}: remove ${misplaced.join(', ')}` : undefined,
  ({ areCountersDamaged, path }) =>
    areCountersDamaged
      ? `The counters in ${path} are damaged, and what stood in them is lost: remove the file "counters-sums"`
      : undefined,
  ({ leftovers, path }) =>
    leftovers.files > 0 ? `Dead processes have left ${leftovers.files} files in ${path}: prune the cache` : undefined,
  ({ foreign, path }) =>
    foreign.files > 0
      ? `${foreign.files} files in ${path} are not the cache's, ${foreign.names[0]} for one: move them elsewhere`
      : undefined,
];

/** What is wrong with a folder, the gravest first, each with what to do about it. */
export function problemsOf(facts: Facts): string[] {
  return CHECKS.map((check) => check(facts)).filter((problem) => problem !== undefined);
}
