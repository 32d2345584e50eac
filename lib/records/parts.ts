import type { Parts } from '../stores/store.ts';

/** Bytes of all parts together. */
export function sizeOf(parts: Parts): number {
  let size = 0;
  for (const part of parts) size += part.length;
  return size;
}
