import { describe, expect, it } from '@jest/globals';
import { CallFingerprints } from '../../lib/functions/call-fingerprints.ts';
import { readFunctionOptions, type AnyFunctionOptions } from '../../lib/functions/function-options.ts';
import { identify } from '../../lib/functions/identity.ts';
import { CallEncoding, keyPrefix, partsOfLastKey } from '../../lib/keys/digest.ts';
import { LIMITS } from '../../lib/records/layout.ts';
import { decodeFingerprints, FINGERPRINT, MAX_ARGUMENTS, type Fingerprints } from '../../lib/records/fingerprints.ts';
import { renamed } from '../support/identity.ts';

const PREFIX = keyPrefix(2, 'spec');
const PLAIN = { isCustom: false, keysThis: false, outside: [] };

function load(id: number): number {
  return id;
}

function makerFor(options: AnyFunctionOptions = {}, salt = ''): CallFingerprints {
  return new CallFingerprints(identify(load, readFunctionOptions(options), { salt, isBlind: true }), salt);
}

function marksOf(maker: CallFingerprints, args: readonly unknown[], self?: unknown): Fingerprints {
  const parts = partsOfLastKey(new CallEncoding(PREFIX).idOf(self, args)) ?? [];
  return decodeFingerprints(maker.of(parts, { ...PLAIN, keysThis: self !== undefined }));
}

describe('The fingerprints of a call', () => {
  it('are the same for the same call, the first one that has them made and later ones', () => {
    const maker = makerFor();
    const first = marksOf(maker, ['user', 42]);
    expect(marksOf(maker, ['user', 42])).toEqual(first);
    expect(marksOf(makerFor(), ['user', 42])).toEqual(first);
    expect(first.args).toHaveLength(2);
    expect(first.single.get(FINGERPRINT.argumentCount)).toBe(2);
  });

  it('differ for one value in two places, under two names and under two salts', () => {
    const makers = [makerFor(), makerFor({ name: 'other' }), makerFor({}, 'salt')];
    const digests = makers.flatMap((maker) => {
      const { args, single } = marksOf(maker, ['same', 'same'], 'same');
      return [...args, single.get(FINGERPRINT.this)];
    });
    expect(new Set(digests).size).toBe(9);
  });

  it('hold what tells the function from others, and nothing for what it has not', () => {
    const tags = (options: AnyFunctionOptions, salt?: string): number[] => [
      ...decodeFingerprints(makerFor(options, salt).of([], PLAIN)).single.keys(),
    ];
    expect(tags({})).toEqual([FINGERPRINT.name, FINGERPRINT.source]);
    expect(tags({ version: '1', deps: [1], key: (id: never) => id }, 'salt')).toEqual([
      FINGERPRINT.salt,
      FINGERPRINT.name,
      FINGERPRINT.version,
      FINGERPRINT.kind,
      FINGERPRINT.deps,
      FINGERPRINT.key,
    ]);
  });

  it('show the salt alike under every salt', () => {
    const saltOf = (salt: string) => decodeFingerprints(makerFor({}, salt).of([], PLAIN)).single.get(FINGERPRINT.salt);
    expect(new Set(['a', 'b', ''].map(saltOf)).size).toBe(3);
    expect(saltOf('a')).toBe(saltOf('a'));
  });

  it('hold one digest of what the option key gave', () => {
    const parts = partsOfLastKey(new CallEncoding(PREFIX).idOf({ any: 'value' }, [])) ?? [];
    const { single, args } = decodeFingerprints(makerFor().of(parts, { ...PLAIN, isCustom: true }));
    expect([single.has(FINGERPRINT.keyResult), single.has(FINGERPRINT.argumentCount), args]).toEqual([true, false, []]);
  });

  it('fit into a record, however many arguments there are', () => {
    const options = { name: 'n', version: '1', deps: [1], ignoreThis: true } as const;
    const parts =
      partsOfLastKey(
        new CallEncoding(PREFIX).idOf(
          'this',
          Array.from({ length: 1000 }, (_, index) => index),
        ),
      ) ?? [];
    const bytes = makerFor(options, 'salt').of(parts, { ...PLAIN, keysThis: true });
    expect(bytes.length).toBeLessThan(LIMITS.fingerprints);
    expect(decodeFingerprints(bytes).args).toHaveLength(MAX_ARGUMENTS);
    expect(decodeFingerprints(bytes).single.get(FINGERPRINT.argumentCount)).toBe(1000);
  });

  it('hold no text that they were made of', () => {
    const secret = renamed(load, 'secretName');
    const maker = new CallFingerprints(
      identify(secret, readFunctionOptions({ deps: ['secretDep'] }), { salt: 'secretSalt', isBlind: true }),
      'secretSalt',
    );
    const parts = partsOfLastKey(new CallEncoding(PREFIX).idOf(undefined, ['secretArgument'])) ?? [];
    expect(Buffer.from(maker.of(parts, PLAIN)).includes('secret')).toBe(false);
  });
});
