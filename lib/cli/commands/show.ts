import { inspect } from 'node:util';

import { jsonSerializer } from '../../index.ts';
import { serializerNamed, type EntryInfo } from '../../inspector/index.ts';
import { type Call, type Command, Complaint, type ExitCode, misused, textOf } from '../command.ts';
import type { Context } from '../context.ts';
import { findOne, type Found } from './select.ts';
import { visible, visibleValue } from '../terminal/text.ts';
import { showAge, showCount, showEnd, showMoment, showNumberOf, showSize, showTime } from '../terminal/units.ts';

/** `tempcache show`: shows one entry. */
export const show: Command = {
  name: 'show',
  summary: 'show what is known of an entry, and its value',
  argument: ['<id>', 'the id of an entry; its beginning is enough'],
  options: [
    ['-c, --cache <name>', 'the cache to look in (default: all below the root)'],
    ['--head', 'what is known of it alone: the value is not decoded'],
    ['--raw', 'the stored bytes of the value, as they are'],
  ],
  details: `Decoding the value runs the serializer that the entry names: v8, json, devalue, or one of them compressed.
Values of other serializers can be had with --raw. With --json, "value" is there where JSON can hold the value without loss.`,
  examples: [
    ['tempcache show 3f9a', 'the entry whose id begins with 3f9a'],
    ['tempcache show 3f9a --raw > value.bin', 'its bytes'],
    ['tempcache show 3f9a --json | jq .value', 'its value, for another program'],
  ],
  async run({ context, names, options }: Call): Promise<ExitCode> {
    const { raw, head } = options;
    if (raw === true && (context.isJson || head === true)) throw misused('--raw goes with neither --json nor --head');
    const found = findOne(context, names[0] ?? '', textOf(options, 'cache'));
    if (raw === true) return showRaw(context, found);
    const info = infoOf(found);
    const value = head === true ? undefined : { loaded: await load(found, info) };
    await (context.isJson ? printJson(context, { found, info, value }) : printText(context, { found, info, value }));
    return 0;
  },
};

const KINDS = { run: 'the run of a generator', error: 'a failure, thrown again' } as const;

interface Shown {
  readonly found: Found;
  readonly info: EntryInfo;
  readonly value: { readonly loaded: unknown } | undefined;
}

async function showRaw(context: Context, { id, chosen }: Found): Promise<ExitCode> {
  if (context.streams.stdout.isTTY === true) {
    throw misused('These bytes can upset a terminal: send them into a file or a program, as in `--raw > value.bin`');
  }
  await context.out.bytes(chosen.inspector.read(id).payload);
  return 0;
}

/** @throws Complaint for a record that cannot be read */
function infoOf({ id, chosen }: Found): EntryInfo {
  try {
    return chosen.inspector.read(id).info;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (code === 'ERR_TEMPCACHE_MISSING_ITEM') throw new Complaint(`The entry ${id} was removed a moment ago`);
    if (code !== 'ERR_TEMPCACHE_CORRUPT_ITEM') throw error;
    throw new Complaint(`${message}; \`tempcache rm ${id.slice(0, 12)}\` removes it`);
  }
}

async function load({ id, chosen }: Found, { serializer }: EntryInfo): Promise<unknown> {
  const known = await serializerNamed(serializer);
  return chosen.inspector.load(id, known === undefined ? {} : { serializers: [known] });
}

async function printJson(context: Context, { found, info, value }: Shown): Promise<void> {
  const { name, path } = found.chosen;
  await context.json({ cache: name, path, entry: info, ...(value !== undefined && valueInJson(value.loaded)) });
}

/** `value` is there where JSON holds it without loss. */
function valueInJson(value: unknown): { readonly value?: unknown; readonly inspected: string } {
  const inspected = inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity });
  try {
    jsonSerializer().serialize(value);
    return { value, inspected };
  } catch {
    return { inspected };
  }
}

async function printText(context: Context, { found, info, value }: Shown): Promise<void> {
  for (const [title, text] of linesOf(found, info)) {
    await context.out.line(`${context.paint('bold', title.padEnd(12))}${visible(text)}`);
  }
  if (value === undefined) return;
  await context.out.line(
    context.paint('bold', 'value') +
      context.paint('dim', `       decoded by the serializer ${visible(info.serializer)}:`),
  );
  const text = inspect(value.loaded, {
    depth: 8,
    colors: context.hasColours,
    breakLength: Math.min(context.width, 120),
  });
  await context.out.line(visibleValue(text));
}

function linesOf({ chosen }: Found, info: EntryInfo): readonly (readonly [string, string])[] {
  const now = Date.now();
  const { id, name, identity, label, createdAt, expiresAt, lastUsedAt, bytes, computeMs } = info;
  const end = expiresAt === Infinity ? 'never' : `${showMoment(expiresAt)} (${showEnd(expiresAt, now)})`;
  return [
    ['id', id],
    ['cache', `${chosen.name} (${chosen.path})`],
    ['function', name || '- (an item saved by hand)'],
    ...(identity === '' ? [] : [['identity', identity] as const]),
    ...(label === '' ? [] : [['label', label] as const]),
    ...(info.kind === 'value' ? [] : [['kind', KINDS[info.kind]] as const]),
    ['saved', `${showMoment(createdAt)} (${showAge(createdAt, now)})`],
    ['expires', end],
    ['last use', `${showMoment(lastUsedAt)} (${showAge(lastUsedAt, now)})`],
    ['size', bytes < 1024 ? showNumberOf(bytes, 'byte') : `${showSize(bytes)} (${showCount(bytes)} bytes)`],
    ['serializer', `${info.serializer} (version ${info.serializerVersion})`],
    ['computed in', computeMs > 0 ? showTime(computeMs) : '-'],
  ];
}
