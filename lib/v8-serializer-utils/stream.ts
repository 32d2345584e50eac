import { Serializer } from 'node:v8';
import type { Shell } from './shells.ts';
import { bytesOf, viewNumber } from './views.ts';

/** Marks a value that is followed by the operations that complete it. */
export const PROGRAM_TAG = 64;

/** V8's serializer, with a say in how views are written and with shells for what V8 does not know. */
export class Writer extends Serializer {
  readonly #shells: ReadonlyMap<object, Shell> | undefined;
  #program: readonly unknown[] | undefined;

  constructor(shells?: ReadonlyMap<object, Shell>) {
    super();
    this.#shells = shells;
    (
      this as unknown as { _setTreatArrayBufferViewsAsHostObjects(on: boolean): void }
    )._setTreatArrayBufferViewsAsHostObjects(true);
    this.writeHeader();
  }

  /** Writes a value with the operations that complete it. */
  writeProgram(program: readonly unknown[]): void {
    this.#program = program;
    this.writeValue(new DataView(new ArrayBuffer(0)));
  }

  /** Called by V8 for every view. What V8 writes comes last: after an ArrayBuffer it would misread other bytes. */
  _writeHostObject(view: ArrayBufferView): void {
    const program = this.#program;
    const shell = this.#shells?.get(view);
    if (program !== undefined) {
      this.#program = undefined;
      this.writeUint32(PROGRAM_TAG);
      this.writeValue(program);
    } else if (shell !== undefined) {
      this.writeUint32(shell.tag);
      this.writeValue(shell.payload);
    } else {
      this.#writeView(view);
    }
  }

  #writeView(view: ArrayBufferView): void {
    this.writeUint32(viewNumber(view));
    this.writeUint64(Math.floor(view.byteLength / 2 ** 32), view.byteLength >>> 0);
    this.writeRawBytes(bytesOf(view));
  }
}
