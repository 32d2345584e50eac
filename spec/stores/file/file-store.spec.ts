import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { testStore, type MakeStore } from '../../support/test-store.ts';

/** A holder is seen to live, so no lease of these specs runs out. */
const traits = { runsOut: false };

const make: MakeStore = () => {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'tempcache-spec-'));
  const options = { root: join(root, 'root'), path: join(root, 'root', 'folder') };
  const dispose = (): void => rmSync(root, { recursive: true, force: true });
  return { store: fileStore(options), other: fileStore(options), dispose };
};

testStore('fileStore', make, traits);
