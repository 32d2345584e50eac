import { afterAll, beforeAll } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canInstall, describeServer, freePort } from './ports.ts';

const PROGRAMS = '/usr/lib/postgresql';

/** The folder of the programs; what is missing is installed where that may be done. */
function programs(): string | undefined {
  const find = (): string | undefined => {
    const versions = existsSync(PROGRAMS) ? readdirSync(PROGRAMS) : [];
    return versions.map((version) => join(PROGRAMS, version, 'bin')).find((path) => existsSync(join(path, 'initdb')));
  };
  return find() ?? (canInstall('postgresql') ? find() : undefined);
}

/** The server runs as another user than root. */
function owner(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((which) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' })));
  return { uid: uid as number, gid: gid as number };
}

/** Specs with a server of their own on loopback; they count as skipped where none can be had. `url` is known while they run. */
export function describeWithPostgres(title: string, body: (url: () => string) => void): void {
  const bin = programs() ?? '';
  describeServer(title, bin !== '', () => {
    const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
    let port = 0;
    let server: ChildProcess | undefined;
    beforeAll(async () => {
      const user = owner();
      if (user !== undefined) chownSync(folder, user.uid, user.gid);
      execFileSync(join(bin, 'initdb'), ['-D', folder, '-A', 'trust', '-U', 'spec', '--no-sync', '-E', 'UTF8'], {
        ...user,
        stdio: 'ignore',
        cwd: folder,
      });
      port = await freePort();
      const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=50'];
      const args = ['-D', folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
      server = await started(
        spawn(join(bin, 'postgres'), args, { ...user, stdio: ['ignore', 'ignore', 'pipe'], cwd: folder }),
      );
    });
    afterAll(async () => {
      const ended = server;
      if (ended !== undefined) {
        await new Promise((resolve) => {
          ended.once('close', resolve);
          // At once, but with its own children.
          ended.kill('SIGQUIT');
        });
      }
      rmSync(folder, { recursive: true, force: true });
    });
    body(() => `postgres://spec@127.0.0.1:${port}/postgres`);
  });
}

async function started(child: ChildProcess): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`postgres ended with ${code}`)));
    child.stderr?.on('data', (chunk) => {
      if (String(chunk).includes('ready to accept connections')) resolve(child);
    });
  });
}
