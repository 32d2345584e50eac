import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

/** A port of loopback that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Installs a package of the system, where that may be done; whether it is there then. */
export function canInstall(name: string): boolean {
  if (process.getuid?.() !== 0) return false;
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-y', '--no-install-recommends'];
  const install = (): boolean => runs('apt-get', ['install', ...options, name]);
  // Its lists may be older than what the registry has.
  return install() || (runs('apt-get', ['update']) && install());
}

/** Specs of a server. Where it cannot be had they count as skipped; in the continuous run, which must not miss them, they fail. */
export function describeServer(title: string, isThere: boolean, body: () => void): void {
  const isSkipped = !isThere && process.env['CI'] !== 'true';
  (isSkipped ? describe.skip : describe)(title, () => {
    if (isThere || isSkipped) body();
    else it('have a server, which is here or could be installed', () => expect(isThere).toBe(true));
  });
}

/** Whether a program can be run, and ends well. */
export function runs(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 180_000 });
    return true;
  } catch {
    return false;
  }
}
