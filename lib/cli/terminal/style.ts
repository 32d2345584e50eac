import { styleText } from 'node:util';

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
