import { performance } from 'node:perf_hooks';

import { widthFor, type OutStream } from './style.ts';
import { cut, visible } from './text.ts';
import { showCount } from './units.ts';

/** Ms between two looks of the terminal. */
const PACE = 100;
const CLEAR_LINE = '\r\u001B[K';

/** One line of a terminal that tells how far work has come, and goes when it ends. Silent where there is no terminal. */
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

  /** To be called with the number of things that are done. */
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
