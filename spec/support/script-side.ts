import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The arguments that the spec gave to this script. */
export function scriptArgs<T extends readonly unknown[]>(): T {
  return process.argv.slice(2).map((arg) => JSON.parse(arg) as unknown) as unknown as T;
}

/** Tells the spec something, at once. */
export function say(value: unknown): void {
  writeSync(1, `${JSON.stringify(value)}\n`);
}

/** Listens for what the spec tells; stop it with `close()`. */
export function hear(listener: (value: unknown) => void): { close(): void } {
  return createInterface({ input: process.stdin }).on('line', (line) => listener(JSON.parse(line)));
}
