import { performance } from 'node:perf_hooks';
import { styleText } from 'node:util';

import { cut, visible } from './text.ts';
import { showCount } from './units.ts';

/** What the command knows of a stream that it writes to. */
export interface OutStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  hasColors?(): boolean;
  write(text: string | Uint8Array, done?: (error?: Error | null) => void): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

type Colour = Parameters<typeof styleText>[0];

/** Paints texts, or leaves them as they are. */
export type Paint = (colour: Colour, text: string) => string;

/**
 * Colours for a terminal that has them. `FORCE_COLOR` and then `NO_COLOR` decide for all streams, in the way of Node
 * itself: `FORCE_COLOR=0` is no.
 */
export function painterFor(stream: OutStream, env: NodeJS.ProcessEnv): Paint {
  if (!hasColours(stream, env)) return (_, text) => text;
  return (colour, text) => (text === '' ? '' : styleText(colour, text, { validateStream: false }));
}

/** Whether a stream is to be given colours. */
export function hasColours(stream: OutStream, env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  return stream.isTTY === true && stream.hasColors?.() !== false;
}

/** Columns to fill: `$COLUMNS`, those of the terminal, or no end for a file or pipe. */
export function widthFor(stream: OutStream, env: NodeJS.ProcessEnv): number {
  const given = Number(env['COLUMNS']);
  if (Number.isInteger(given) && given > 0) return given;
  if (stream.isTTY !== true) return Infinity;
  // A terminal that does not tell its width says 0.
  return stream.columns !== undefined && stream.columns > 0 ? stream.columns : 80;
}

/** Thrown when the reader has closed the pipe, as after `| head`: no error, only the end. */
export class PipeClosed extends Error {}

/** Text is handed on in parts of about this many characters. */
const PART = 32_768;

/** Writes to a stream at the pace of its reader. */
export class Output {
  readonly #stream: OutStream;
  #pending = '';

  constructor(stream: OutStream) {
    this.#stream = stream;
  }

  /** Writes a line. @throws PipeClosed */
  async line(text = ''): Promise<void> {
    this.#pending += `${text}\n`;
    if (this.#pending.length >= PART) await this.flush();
  }

  /** Writes bytes as they are. @throws PipeClosed */
  async bytes(bytes: Uint8Array): Promise<void> {
    await this.flush();
    if (bytes.length > 0) await write(this.#stream, bytes);
  }

  /** Waits until all is written. @throws PipeClosed */
  async flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') await write(this.#stream, text);
  }
}

async function write(stream: OutStream, chunk: string | Uint8Array): Promise<void> {
  // Without a listener the same error would also end the process.
  const ignore = (): void => undefined;
  stream.on('error', ignore);
  const error = await new Promise<Error | null | undefined>((resolve) => {
    stream.write(chunk, resolve);
  });
  // A stream tells its listeners a moment after the callback; only a stream that took all of it is left alone.
  if (error === null || error === undefined) stream.off('error', ignore);
  else throw isClosedPipe(error) ? new PipeClosed() : error;
}

function isClosedPipe(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
}

/** Ms between two looks of the terminal. */
const PACE = 100;
const CLEAR_LINE = '\r\u001B[K';

/** One line of a terminal that shows how far work has come, and is removed when it ends. Silent where there is no terminal. */
export class Progress {
  readonly #what: string;
  readonly #stream: OutStream;
  readonly #width: number;
  /** In ms since the process began; undefined: nothing was shown. */
  #shownAt: number | undefined;

  constructor(what: string, stream: OutStream, env: NodeJS.ProcessEnv) {
    this.#what = visible(what);
    this.#stream = stream;
    this.#width = widthFor(stream, env);
  }

  /** Shows the number of things that are done. */
  readonly at = (done: number): void => {
    if (this.#stream.isTTY !== true) return;
    const now = performance.now();
    if (this.#shownAt !== undefined && now - this.#shownAt < PACE) return;
    this.#shownAt = now;
    // One column stays free: a full line would make some terminals begin the next.
    this.#stream.write(CLEAR_LINE + cut(`${this.#what}: ${showCount(done)}`, this.#width - 1));
  };

  end(): void {
    if (this.#shownAt !== undefined) this.#stream.write(CLEAR_LINE);
  }
}
