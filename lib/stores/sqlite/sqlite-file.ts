import { fileNumber, makePrivateFile } from '../file/place.ts';
import { Tables } from './tables.ts';

/** The file of a store, opened when it is first needed, and anew where it was removed meanwhile. */
export class SqliteFile {
  readonly #path: string;
  #tables: Tables | undefined;
  #number: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Its tables; undefined where there is no file. */
  ifAny(): Tables | undefined {
    return this.#tables ?? (fileNumber(this.#path) === undefined ? undefined : this.made());
  }

  /** Its tables, of a file that is made where it is missing: what is written must be found by others. */
  made(): Tables {
    const number = fileNumber(this.#path);
    if (this.#tables !== undefined && number === this.#number) return this.#tables;
    this.close();
    makePrivateFile(this.#path);
    this.#tables = new Tables(this.#path);
    this.#number = fileNumber(this.#path);
    return this.#tables;
  }

  close(): void {
    this.#tables?.close();
    this.#tables = undefined;
  }
}
