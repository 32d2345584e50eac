import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { testStore } from '../../support/test-store.ts';

testStore('fileStore', () => {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'tempcache-spec-'));
  const options = { root: join(root, 'root'), path: join(root, 'root', 'folder') };
  const dispose = (): void => rmSync(root, { recursive: true, force: true });
  return { store: fileStore(options), other: fileStore(options), dispose };
});
