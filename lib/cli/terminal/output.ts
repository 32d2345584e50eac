import type { OutStream } from './style.ts';

/** Thrown when nobody reads any more, as after `| head`: no error, only the end. */
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
