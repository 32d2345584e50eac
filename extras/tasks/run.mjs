// For all tasks: runs a command, and gives its exit code and what it wrote.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The top folder of the repository. */
export const root = join(import.meta.dirname, '..', '..');

/**
 * Runs a command in the top folder, without standard input.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ show?: boolean, env?: Record<string, string> }} [options] `show` passes the output on as it comes.
 * @returns {Promise<{ code: number, output: string }>} the exit code, 1 for a command that cannot be started or was
 *   killed, and what it wrote where it was not shown.
 */
export function run(command, args, { show = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const output = [];
    const stdio = ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'];
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio });
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${command}: ${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(output).toString() }));
  });
}

/** Runs another task in a process of its own: what it imports need not be installed when this one begins. */
export function runTask(name) {
  return run(process.execPath, [join(import.meta.dirname, `${name}.mjs`)]);
}

/**
 * Runs a command that a development dependency brings, without npx, which would cost half a second.
 *
 * @param {string} name the command in node_modules/.bin
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(name, args, options) {
  const suffix = process.platform === 'win32' ? '.cmd' : '';
  return run(join(root, 'node_modules', '.bin', name + suffix), args, options);
}
