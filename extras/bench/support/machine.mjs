import { existsSync, readFileSync, statfsSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

const bench = join(import.meta.dirname, '..');

/** What the figures were measured on, and with. */
export function machine(packages) {
  const [cpu] = os.cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    v8: process.versions.v8,
    system: `${os.type()} ${os.release()} ${process.arch}`,
    cpu: `${os.cpus().length} x ${cpu?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    folder: `${benchFolder()} (${fileSystem(benchFolder())})`,
    load: os.loadavg().map((load) => Number(load.toFixed(1))),
    versions: Object.fromEntries([
      ['tempcache', versionIn(join(bench, '..', '..'))],
      ...packages.map((name) => [name, versionIn(join(bench, 'node_modules', name))]),
    ]),
  };
}

/** Where the benchmarks make their folders: the temp folder, or `$BENCH_DIR`. */
export function benchFolder() {
  return process.env.BENCH_DIR ?? os.tmpdir();
}

function versionIn(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : 'not installed';
}

const FILE_SYSTEMS = {
  0xef53: 'ext4',
  0x1021994: 'tmpfs',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x794c7630: 'overlay',
};

function fileSystem(folder) {
  const { type } = statfsSync(folder);
  return FILE_SYSTEMS[type] ?? `file system 0x${type.toString(16)}`;
}

/** The machine in a few lines of Markdown. */
export function machineText({ date, node, v8, system, cpu, memory, folder, load, versions }) {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${date}, Node ${node} (V8 ${v8}), ${system}, ${cpu}, ${memory}, files in ${folder}, load ${load.join(' ')}`,
    `Versions: ${names.join(', ')}`,
  ].join('\n\n');
}
