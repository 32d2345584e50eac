import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReady } from '../../extras/tasks/ready.mjs';
import remove from './remove.mjs';

const root = join(import.meta.dirname, '..', '..');

/** Packs the package as for a release and installs it into an empty project, once for all specs of this folder. */
export default async function install() {
  await makeReady();
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  globalThis.packedFolder = folder;
  try {
    const project = join(folder, 'project');
    const tarball = pack(folder);
    installInto(project, tarball);
    process.env['PACKED_TARBALL'] = tarball;
    process.env['PACKED_PROJECT'] = project;
  } catch (error) {
    remove();
    throw error;
  }
}

/** What was just built need not be built again, as it is before a release. */
function pack(folder) {
  npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], root);
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz')),
  );
}

function installInto(project, tarball) {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  npm(['install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', tarball], project);
}

/** Without what an npm that started this process has put into the environment about another folder. */
function npm(args, cwd) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)|^npm_config_(local_)?prefix$/.test(name)),
  );
  execFileSync('npm', args, { cwd, env: { ...env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'inherit'] });
}
