import { spawn } from 'node:child_process';
import { join } from 'node:path';

const bench = join(import.meta.dirname, '..');

/** Runs a script of the benchmarks in a Node of its own; its exit code, and what it wrote where it is not shown. */
export function runScript(script, args, { flags = [], show = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', show ? 'inherit' : 'pipe', 'inherit'];
    const child = spawn(process.execPath, [...flags, join(bench, script), ...args], { stdio });
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(output).toString() }));
  });
}
