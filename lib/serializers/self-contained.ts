import { Buffer } from 'node:buffer';
import { type Codec, codecOf, type CodecSerializer, type Payload } from './serializer.ts';

const PREFIX = 4;

/** Makes a codec a serializer that can be used alone: the encoding stands before the bytes, little-endian. */
export function selfContained(codec: Codec): CodecSerializer {
  return {
    name: codec.name,
    version: codec.version,
    serialize: (value) => join(codec.encode(value)),
    deserialize(bytes) {
      if (bytes.byteLength < PREFIX) throw new Error('The bytes are too short to be a stored value');
      const encoding = new DataView(bytes.buffer, bytes.byteOffset, PREFIX).getUint32(0, true);
      return codec.decode(encoding, bytes.subarray(PREFIX));
    },
    [codecOf]: codec,
  };
}

function join({ encoding, bytes }: Payload): Uint8Array {
  const joined = Buffer.allocUnsafeSlow(PREFIX + bytes.byteLength);
  joined.writeUInt32LE(encoding);
  joined.set(bytes, PREFIX);
  return joined;
}
