import { Buffer } from 'node:buffer';
import zlib from 'node:zlib';
import { invalidArgument } from '../common/errors.ts';
import { parseChoice, parseSize, type Size } from '../options/parse.ts';
import { checkOptions } from '../options/rows.ts';
import { type Codec, type CodecSerializer, selfContained, type Serializer, toCodec } from './serializer.ts';

/** What the names of algorithms stand for. The number stands in the bytes. */
interface Method {
  readonly number: number;
  readonly compress: ((bytes: Uint8Array) => Uint8Array) | undefined;
  readonly decompress: ((bytes: Uint8Array, options: Limits) => Uint8Array) | undefined;
}

interface Limits {
  readonly maxOutputLength: number;
  readonly chunkSize: number;
}

/** Node has it from 22.15 on; the types of Node 20 do not know it. */
const { zstdCompressSync, zstdDecompressSync } = zlib as unknown as {
  readonly zstdCompressSync?: (bytes: Uint8Array) => Uint8Array;
  readonly zstdDecompressSync?: (bytes: Uint8Array, options: Limits) => Uint8Array;
};

/** Quality 4 is smaller and faster than gzip, and twice as fast as quality 5; the default, 11, takes 50 times as long. */
const BROTLI = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } };

/** A way to compress. */
type Algorithm = 'zstd' | 'brotli' | 'gzip';

const METHODS: Record<Algorithm, Method> = {
  gzip: { number: 1, compress: (bytes) => zlib.gzipSync(bytes), decompress: zlib.gunzipSync },
  brotli: {
    number: 2,
    compress: (bytes) => zlib.brotliCompressSync(bytes, BROTLI),
    decompress: zlib.brotliDecompressSync,
  },
  zstd: { number: 3, compress: zstdCompressSync, decompress: zstdDecompressSync },
};

/** All ways to compress, the best one first. */
const ALGORITHMS: readonly Algorithm[] = ['zstd', 'brotli', 'gzip'];

/** Whether this runtime has an algorithm. */
function isAvailable(algorithm: Algorithm): boolean {
  return METHODS[algorithm].compress !== undefined;
}

const STORED = 0;
const HEAD = 7;

/**
 * The bytes, compressed where that makes them shorter.
 *
 * | offset | length | content |
 * | --- | --- | --- |
 * | 0 | 1 | 0 stored, 1 gzip, 2 brotli, 3 zstd |
 * | 1 | 6 | unless stored: the length before compression, little-endian |
 * | 1 or 7 | rest | the bytes |
 */
function pack(bytes: Uint8Array, algorithm: Algorithm | undefined): Uint8Array {
  const { number, compress } = METHODS[algorithm ?? 'gzip'];
  const packed = algorithm === undefined ? undefined : compress?.(bytes);
  if (packed === undefined || packed.byteLength + HEAD > bytes.byteLength) return join([STORED], bytes);
  const length = Buffer.alloc(HEAD - 1);
  length.writeUIntLE(bytes.byteLength, 0, HEAD - 1);
  return join([number, ...length], packed);
}

function join(head: readonly number[], rest: Uint8Array): Uint8Array {
  const joined = Buffer.allocUnsafeSlow(head.length + rest.byteLength);
  joined.set(head);
  joined.set(rest, head.length);
  return joined;
}

/**
 * The bytes that {@link pack} was given. Takes no more memory than the stored length says.
 *
 * @throws Error for bytes that are damaged, and for an algorithm that this runtime does not have.
 */
function unpack(bytes: Uint8Array): Uint8Array {
  const number = bytes[0];
  if (number === STORED) return bytes.subarray(1);
  const method = Object.values(METHODS).find((candidate) => candidate.number === number);
  if (method?.decompress === undefined || bytes.byteLength < HEAD) {
    throw new Error(`The bytes are compressed in a way (${number}) that this runtime does not read`);
  }
  const length = Buffer.from(bytes.buffer, bytes.byteOffset, HEAD).readUIntLE(1, HEAD - 1);
  const unpacked = method.decompress(bytes.subarray(HEAD), limitsFor(length));
  if (unpacked.byteLength !== length) throw new Error('The compressed bytes are damaged: their length is wrong');
  return unpacked;
}

/** Output comes in pieces: large ones for large values, never so large that a false length takes much memory. */
function limitsFor(length: number): Limits {
  return { maxOutputLength: Math.max(length, 1), chunkSize: Math.min(Math.max(length, 1024), 1024 * 1024) };
}

/** The options of {@link compressed}. */
export interface CompressedOptions {
  /** `'zstd'` where the runtime has it (Node 22.15 and later), else `'brotli'` by default. */
  readonly algorithm?: Algorithm;
  /** Shorter values are stored as they are; a number of bytes or a string such as `'4KB'`; 1 KB by default. */
  readonly threshold?: Size;
}

/**
 * Compresses what another serializer makes. The bytes say how they were compressed, so that a runtime reads what
 * another one wrote wherever it has the algorithm; where it has not, that is a miss.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for bad options, and for an algorithm that this runtime does not have.
 */
export function compressed(serializer: Serializer, options: CompressedOptions = {}): CodecSerializer {
  const inner = toCodec(serializer);
  checkOptions(options, ['algorithm', 'threshold'], 'compressed()');
  const algorithm = chooseAlgorithm(options.algorithm);
  const threshold = parseSize(options.threshold ?? 1024, 'threshold');
  return selfContained(around(inner, { algorithm, threshold }));
}

function around(inner: Codec, { algorithm, threshold }: { algorithm: Algorithm; threshold: number }): Codec {
  const { withTypes } = inner;
  return {
    name: `compressed-${inner.name}`,
    version: inner.version,
    encode(value) {
      const { encoding, bytes } = inner.encode(value);
      return { encoding, bytes: pack(bytes, bytes.byteLength < threshold ? undefined : algorithm) };
    },
    ...(withTypes && { withTypes: (types) => around(withTypes(types), { algorithm, threshold }) }),
    decode: (encoding, bytes) => inner.decode(encoding, unpack(bytes)),
  };
}

function chooseAlgorithm(wanted: Algorithm | undefined): Algorithm {
  if (wanted === undefined) return isAvailable('zstd') ? 'zstd' : 'brotli';
  const algorithm = parseChoice(wanted, ALGORITHMS, 'algorithm');
  if (isAvailable(algorithm)) return algorithm;
  throw invalidArgument(`algorithm: this runtime has no ${algorithm}; leave it out for the best one that it has`);
}
