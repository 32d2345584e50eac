import { rmSync } from 'node:fs';

/** Removes what install.mjs has made. */
export default function remove() {
  rmSync(globalThis.packedFolder, { recursive: true, force: true });
}
