import { Deserializer } from 'node:v8';
import { complete } from './complete.ts';
import type { TypeRegistry } from './define-type.ts';
import { openShell } from './shells.ts';
import { copyOf, VIEW_NAMES, viewOver } from './views.ts';
import { PROGRAM_TAG } from './writer.ts';

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
    if (tag === PROGRAM_TAG) return new Completed(complete(this.readValue(), this.#types));
    if (tag >= VIEW_NAMES.length) return openShell(tag, this.readValue());
    const [high, low] = this.readUint64();
    return viewOver(tag, copyOf(this.readRawBytes(high * 2 ** 32 + low)));
  }
}
