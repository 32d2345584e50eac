import { afterEach } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { built } from './built.ts';

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** All that it wrote to its standard error. */
  readonly errors: string;
}

/** A running script of `spec/processes/scripts`; scripts speak with `say()` and `hear()` of script-side.ts. */
export interface ScriptProcess {
  readonly pid: number;
  /** What it says next; rejects when it ends instead. */
  next(): Promise<unknown>;
  /** Tells it something. */
  tell(value: unknown): void;
  kill(signal?: NodeJS.Signals): void;
  readonly ended: Promise<Ending>;
}

export interface ScriptOptions {
  /** Shell commands to run before, in the same process: `ulimit -n 40`. */
  readonly before?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Options of Node. */
  readonly execArgv?: readonly string[];
}

export type StartScript = (script: string, args?: readonly unknown[], options?: ScriptOptions) => ScriptProcess;

/** Starts compiled scripts as processes of their own, `start('hold-lease', [folder])`, and ends those that a spec leaves. */
export function useScripts(): StartScript {
  const running: ScriptProcess[] = [];
  afterEach(async () => {
    for (const script of running) script.kill('SIGKILL');
    await Promise.all(running.splice(0).map(({ ended }) => ended));
  });
  return (script, args = [], options = {}) => {
    const started = startScript(script, args, options);
    running.push(started);
    return started;
  };
}

function startScript(script: string, args: readonly unknown[], options: ScriptOptions): ScriptProcess {
  const file = built(`spec/processes/scripts/${script}.ts`);
  const argv = [...(options.execArgv ?? []), file, ...args.map((arg) => JSON.stringify(arg))];
  const env = { ...process.env, NODE_OPTIONS: '', ...options.env };
  const child =
    options.before === undefined
      ? spawn(process.execPath, argv, { env })
      : spawn('sh', ['-c', `${options.before}; exec "$0" "$@"`, process.execPath, ...argv], { env });
  return listenTo(child);
}

function listenTo(child: ReturnType<typeof spawn>): ScriptProcess {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('The process has no pipes');
  let errors = '';
  stderr.on('data', (chunk) => (errors += String(chunk)));
  // A process that was killed reads no more.
  stdin.on('error', () => undefined);
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const ended = endOf(child, () => errors);
  return {
    pid: child.pid ?? Number.NaN,
    async next() {
      const { done, value } = await lines.next();
      if (done === true) throw new Error(`The process ended: ${JSON.stringify(await ended)}`);
      return JSON.parse(value) as unknown;
    },
    tell: (value) => stdin.write(`${JSON.stringify(value)}\n`),
    kill: (signal = 'SIGKILL') => child.kill(signal),
    ended,
  };
}

async function endOf(child: ChildProcess, errors: () => string): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, errors: errors() }));
  });
}
