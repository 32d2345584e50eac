import { StoreError } from '../../common/errors.ts';
import { isAbsent, storeFailure } from './failure.ts';
import { PrivateFolder } from './private-folder.ts';

/** What is being done, for the error of one that fails. */
interface Details {
  readonly path: string;
  readonly id: string;
}

/** The folder of a file store at work: it may be missing at any time, and is used no more once the store is closed. */
export class WorkingFolder {
  readonly #path: string;
  readonly #folder: PrivateFolder;
  #closed = false;

  constructor(path: string, root: string | undefined) {
    this.#path = path;
    this.#folder = new PrivateFolder(path, root);
  }

  /** @throws StoreError when the store is closed; UnsafeFolderError */
  isThere(): boolean {
    const path = this.#path;
    if (this.#closed) throw new StoreError(`The file store ${path} is closed: make a new one`, { path });
    return this.#folder.exists();
  }

  /** Leaves the work where the folder is missing, before or in the middle of it. */
  ifThere(what: string, details: Details, work: () => void): void {
    if (!this.isThere()) return;
    try {
      work();
    } catch (error) {
      if (!isAbsent(error)) throw storeFailure(what, error, details);
      this.#folder.forget();
    }
  }

  /** Makes the folder when it is missing, before or in the middle of the work, and tries again, ten times at most. */
  inside<T>(what: string, details: Details, work: () => T): T {
    for (let attempt = 1; ; attempt++) {
      if (!this.isThere()) this.#folder.make();
      try {
        return work();
      } catch (error) {
        if (attempt === 10 || !isAbsent(error)) throw storeFailure(what, error, details);
        this.#folder.forget();
      }
    }
  }

  /** The folder may be gone by now. */
  forget(): void {
    this.#folder.forget();
  }

  close(): void {
    this.#closed = true;
  }
}
