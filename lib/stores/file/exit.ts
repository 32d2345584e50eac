import { unlinkSync } from 'node:fs';
import process from 'node:process';

const files = new Set<string>();

/** Has a file removed when this thread ends in an orderly way. What a killed one leaves is swept by others. */
export function removeAtExit(path: string): void {
  if (files.size === 0) process.on('exit', removeAll);
  files.add(path);
}

/** Removes such a file before. */
export function removeNow(path: string): void {
  if (!files.delete(path)) return;
  removeQuietly(path);
  if (files.size === 0) process.off('exit', removeAll);
}

function removeAll(): void {
  for (const path of files) removeQuietly(path);
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody has removed the folder.
  }
}
