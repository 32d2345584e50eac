import { afterAll, beforeAll } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createServer } from 'node:net';
import { canInstall, describeServer, freePort, runs } from './ports.ts';

/** A server of this spec, on loopback. */
export interface RedisServer {
  /** Known while the specs run. */
  readonly port: () => number;
  /** The URL of one of its databases. */
  readonly url: () => string;
  /** Ends it, as it ends when its machine does. */
  readonly stop: () => Promise<void>;
  /** Starts it anew at the same port, with nothing in it. */
  readonly start: () => Promise<void>;
  /** Has it answer nothing, and go on. */
  readonly halt: (signal: 'SIGSTOP' | 'SIGCONT') => void;
}

/** Whether there is a server to start; what is missing is installed where that may be done. */
function isThere(): boolean {
  const isInstalled = (): boolean => runs('redis-server', ['--version']);
  return isInstalled() || (canInstall('redis-server') && isInstalled());
}

/** Specs with a server of their own; see `describeServer` for where none can be had. */
export function describeWithRedis(title: string, body: (server: RedisServer) => void): void {
  describeServer(title, isThere(), () => {
    let port = 0;
    let child: ChildProcess | undefined;
    const start = async (): Promise<void> => {
      if (port === 0) port = await freePort();
      child = await startAt(port);
    };
    const stop = async (): Promise<void> => {
      const ended = child;
      child = undefined;
      if (ended === undefined) return;
      await new Promise((resolve) => {
        ended.once('close', resolve);
        ended.kill('SIGKILL');
      });
    };
    beforeAll(start);
    afterAll(stop);
    body({
      port: () => port,
      url: () => `redis://127.0.0.1:${port}`,
      start,
      stop,
      halt: (signal) => child?.kill(signal),
    });
  });
}

/** Specs with a cluster of three servers of their own; its ports are known while they run. */
export function describeWithRedisCluster(title: string, body: (ports: () => readonly number[]) => void): void {
  describeServer(title, isThere(), () => {
    const folder = mkdtempSync(join(tmpdir(), 'redis-cluster-'));
    let ports: readonly number[] = [];
    let servers: readonly ChildProcess[] = [];
    beforeAll(async () => {
      ports = await Promise.all([1, 2, 3].map(freeClusterPort));
      servers = await Promise.all(ports.map(async (port) => startAt(port, clusterArgs(folder, port))));
      const nodes = ports.map((port) => `127.0.0.1:${port}`);
      execFileSync('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes'], { stdio: 'ignore' });
      for (const port of ports) await untilOk(port);
    });
    afterAll(async () => {
      for (const server of servers) server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    body(() => ports);
  });
}

function clusterArgs(folder: string, port: number): readonly string[] {
  return ['--cluster-enabled', 'yes', '--dir', folder, '--cluster-config-file', `nodes-${port}.conf`];
}

/** The servers of a cluster talk at a port that is 10,000 higher. */
async function freeClusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    const own = port > 45_000 ? port - 20_000 : port;
    if (await isFree(own)) return own;
  }
}

/** All of the cluster must know who has which slots. */
async function untilOk(port: number): Promise<void> {
  for (;;) {
    const info = execFileSync('redis-cli', ['-p', String(port), 'cluster', 'info'], { encoding: 'utf8' });
    if (info.includes('cluster_state:ok')) return;
    await setTimeout(50);
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function startAt(port: number, more: readonly string[] = []): Promise<ChildProcess> {
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', ...more];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    child.stdout.on('data', (chunk) => {
      if (String(chunk).includes('Ready to accept connections')) resolve(child);
    });
  });
}
