import { fileNumber } from './file/place.ts';

/** What is open in a file: opened when it is first needed, and anew where the file was removed meanwhile. */
export class Placed<T extends { close(): void }> {
  readonly #file: string;
  readonly #open: () => T;
  #opened: T | undefined;
  #number: number | undefined;

  /** @param open makes the file where it is missing */
  constructor(file: string, open: () => T) {
    this.#file = file;
    this.#open = open;
  }

  /** Undefined where there is no file. */
  ifAny(): T | undefined {
    return this.#opened ?? (fileNumber(this.#file) === undefined ? undefined : this.made());
  }

  /** In a file that is made where it is missing: what is written must be found by others. */
  made(): T {
    if (this.#opened !== undefined && fileNumber(this.#file) === this.#number) return this.#opened;
    this.close();
    this.#opened = this.#open();
    this.#number = fileNumber(this.#file);
    return this.#opened;
  }

  close(): void {
    this.#opened?.close();
    this.#opened = undefined;
  }
}
