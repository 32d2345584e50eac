import { Deserializer, Serializer } from 'node:v8';
import type { TypeRegistry } from './registry.ts';
import { complete } from './operations.ts';
import { adopt } from './realm.ts';
import { openShell, type Shell } from './shells.ts';
import { bytesOf, copyOf, VIEW_NAMES, viewNumber, viewOver } from './views.ts';

/** Says that a value follows with the operations that complete it. */
const PROGRAM_TAG = 64;

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

/** A value that was completed; it may be no object, and V8 takes nothing but objects from its host. */
export class Completed {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** V8's deserializer, with the counterparts of what the {@link Writer} writes. */
export class Reader extends Deserializer {
  readonly #types: TypeRegistry;

  constructor(bytes: Uint8Array, types: TypeRegistry) {
    super(bytes);
    this.#types = types;
    this.readHeader();
  }

  /** Called by V8 for everything that it does not know. */
  _readHostObject(): object {
    const tag = this.readUint32();
    if (tag === PROGRAM_TAG) return new Completed(complete(adopt(this.readValue()), this.#types));
    if (tag >= VIEW_NAMES.length) return openShell(tag, this.readValue());
    const [high, low] = this.readUint64();
    return viewOver(tag, copyOf(this.readRawBytes(high * 2 ** 32 + low)));
  }
}
