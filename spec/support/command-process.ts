import { afterEach } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { built } from './built.ts';

/** How a process ended. */
export interface ProcessOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A process of the command that runs. */
export interface CommandProcess {
  readonly child: ChildProcess;
  /** Waits until its output, or what the terminal shows, has a text. */
  shows(text: string): Promise<void>;
  readonly ended: Promise<ProcessOutcome>;
}

export interface ProcessOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** A pipeline in which `tempcache` stands for the command: `tempcache ls | head -n 1`. */
  readonly shell?: string;
  /** Columns of a pseudo-terminal on which it runs; none for pipes. */
  readonly terminal?: number;
}

export type StartCommand = (argv: readonly string[], options?: ProcessOptions) => CommandProcess;

/** Starts the command as a process, and ends those that a spec leaves. */
export function useCommandProcesses(): StartCommand {
  const running: CommandProcess[] = [];
  afterEach(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.splice(0).map(async ({ ended }) => ended));
  });
  return (argv, options = {}) => {
    const started = follow(start(argv, options));
    running.push(started);
    return started;
  };
}

/** What Node goes by when it asks whether a terminal has colours: as on the desk of a user, wherever the specs run. */
const PLAIN: NodeJS.ProcessEnv = {
  NODE_OPTIONS: '',
  TERM: 'xterm-256color',
  CI: undefined,
  FORCE_COLOR: undefined,
  NO_COLOR: undefined,
  NODE_DISABLE_COLORS: undefined,
};

function start(argv: readonly string[], { env = {}, shell, terminal }: ProcessOptions): ChildProcess {
  const words = [process.execPath, built('lib/cli/main.ts')];
  const settings = { env: { ...process.env, ...PLAIN, ...env } };
  const line = shell ?? ['tempcache', ...argv.map(quoted)].join(' ');
  const script = `tempcache() { ${words.map(quoted).join(' ')} "$@"; }; ${line}`;
  if (terminal !== undefined) {
    // `script` of util-linux, which every Debian has, runs a line on a pseudo-terminal of its own.
    const onTerminal = `stty cols ${terminal} rows 24; ${script}`;
    return spawn('script', ['-qec', onTerminal, '/dev/null'], {
      ...settings,
      env: { ...settings.env, SHELL: '/bin/bash' },
    });
  }
  if (shell !== undefined) return spawn('bash', ['-o', 'pipefail', '-c', script], settings);
  return spawn(words[0] ?? '', [...words.slice(1), ...argv], settings);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function follow(child: ChildProcess): CommandProcess {
  // A command that has ended reads no more; how it ended tells more than that.
  child.stdin?.on('error', () => undefined);
  const texts = { out: '', err: '' };
  const looks = new Set<() => void>();
  const listen = (stream: NodeJS.ReadableStream | null, name: keyof typeof texts): void => {
    stream?.on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
      for (const look of looks) look();
    });
  };
  listen(child.stdout, 'out');
  listen(child.stderr, 'err');
  const ended = new Promise<ProcessOutcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...texts }));
  });
  return { child, ended, shows: async (text) => waitFor(() => (texts.out + texts.err).includes(text), looks, ended) };
}

async function waitFor(isThere: () => boolean, looks: Set<() => void>, ended: Promise<ProcessOutcome>): Promise<void> {
  const seen = new Promise<void>((resolve) => {
    const look = (): void => {
      if (isThere()) resolve();
    };
    looks.add(look);
    look();
  });
  const tooLate = (async () => {
    const outcome = await ended;
    if (!isThere()) throw new Error(`The command has ended before: ${JSON.stringify(outcome)}`);
  })();
  await Promise.race([seen, tooLate]);
}
