import type { Readable } from 'node:stream';

import type { OnProgress } from '../inspector/index.ts';
import { hasColours, Output, type OutStream, type Paint, painterFor, Progress, widthFor } from './terminal/output.ts';
import { Table, type Column } from './terminal/table.ts';
import { visible, visibleJson } from './terminal/text.ts';

/** What the command uses of a process. */
export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly stdout: OutStream;
  readonly stderr: OutStream;
  readonly env: NodeJS.ProcessEnv;
}

/** The options that all commands know. */
export interface CommonOptions {
  /** The root to look below, instead of the usual one. */
  readonly dir?: string;
  /** The URL of a store, instead of folders. */
  readonly store?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Where a command writes to, and in what way. */
export class Context {
  readonly streams: Streams;
  readonly common: CommonOptions;
  readonly out: Output;
  readonly paint: Paint;
  /** Columns of the output. */
  readonly width: number;
  readonly hasColours: boolean;

  constructor(streams: Streams, common: CommonOptions) {
    const { stdout, env } = streams;
    this.streams = streams;
    this.common = common;
    this.out = new Output(stdout);
    this.paint = painterFor(stdout, env);
    this.width = widthFor(stdout, env);
    this.hasColours = hasColours(stdout, env);
  }

  get isJson(): boolean {
    return this.common.json === true;
  }

  /** Writes a remark to the terminal or log of the user; never a part of the output. */
  remark(text: string): void {
    this.streams.stderr.write(`${visible(text)}\n`);
  }

  /** Writes a whole JSON document. */
  async json(document: unknown): Promise<void> {
    await this.out.line(visibleJson(JSON.stringify(document, null, 2)));
  }

  /** A remark below what was written so far. */
  async below(text: string): Promise<void> {
    await this.out.flush();
    this.remark(text);
  }

  /** Writes a table. */
  async table<T>(columns: readonly Column<T>[], rows: readonly T[]): Promise<void> {
    for (const line of new Table(columns, this).page(rows)) await this.out.line(line);
  }

  /** Does long work and shows meanwhile, on a terminal alone, how far it has come. */
  progress<T>(what: string, work: (onProgress: OnProgress) => T): T {
    const progress = new Progress(what, this.streams.stderr, this.streams.env);
    try {
      return work(progress.at);
    } finally {
      progress.end();
    }
  }

  /** As {@link progress}, of work that takes more than one turn. */
  async progressLater<T>(what: string, work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
    const progress = new Progress(what, this.streams.stderr, this.streams.env);
    try {
      return await work(progress.at);
    } finally {
      progress.end();
    }
  }
}
