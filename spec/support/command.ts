import { PassThrough, Writable } from 'node:stream';
import { run } from '../../lib/cli/program.ts';

/** What came of a command. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandOptions {
  /** Columns of the terminal on which it runs; none for pipes. */
  readonly terminal?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** What is typed. */
  readonly typed?: string;
}

/** A stream that keeps what is written, as a terminal or a pipe would. */
export class Sheet extends Writable {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly #chunks: Buffer[] = [];

  constructor(columns?: number) {
    super();
    this.columns = columns;
    this.isTTY = columns !== undefined;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(Buffer.from(chunk));
    done();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  get text(): string {
    return this.bytes.toString();
  }
}

/** Runs the command in this process: `command(['ls', '--dir', root])`. */
export async function command(argv: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const { terminal, env = {}, typed } = options;
  const stdout = new Sheet(terminal);
  const stderr = new Sheet(terminal);
  const stdin = Object.assign(new PassThrough(), { isTTY: terminal !== undefined });
  if (typed !== undefined) stdin.end(typed);
  const code = await run(argv, { stdin, stdout, stderr, env });
  return { code, out: stdout.text, err: stderr.text };
}

/** The first words of the lines of a listing, without the titles. */
export function firstColumn(out: string): string[] {
  const [, ...lines] = out.trimEnd().split('\n');
  return lines.map((line) => line.split(' ')[0] ?? '');
}
