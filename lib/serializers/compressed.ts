import { invalidArgument } from '../common/errors.ts';
import { checkOptions } from '../options/rows.ts';
import { parseChoice, parseSize, type Size } from '../options/parse.ts';
import { type Algorithm, ALGORITHMS, isAvailable, pack, unpack } from './compression.ts';
import { selfContained } from './self-contained.ts';
import { type CodecSerializer, type Serializer, toCodec } from './serializer.ts';

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
  return selfContained({
    name: `compressed-${inner.name}`,
    version: inner.version,
    encode(value) {
      const { encoding, bytes } = inner.encode(value);
      return { encoding, bytes: pack(bytes, bytes.byteLength < threshold ? undefined : algorithm) };
    },
    decode: (encoding, bytes) => inner.decode(encoding, unpack(bytes)),
  });
}

function chooseAlgorithm(wanted: Algorithm | undefined): Algorithm {
  if (wanted === undefined) return isAvailable('zstd') ? 'zstd' : 'brotli';
  const algorithm = parseChoice(wanted, ALGORITHMS, 'algorithm');
  if (isAvailable(algorithm)) return algorithm;
  throw invalidArgument(`algorithm: this runtime has no ${algorithm}; leave it out for the best one that it has`);
}
