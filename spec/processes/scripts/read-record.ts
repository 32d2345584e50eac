import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { say, scriptArgs } from '../../support/script-side.ts';

/** Reads one record until it has found it as often as it is told from every writer; says what it has found besides. */
const [path, id, wanted] = scriptArgs<[string, string, Readonly<Record<string, number>>]>();
const store = fileStore({ path });
const others = { absent: 0, torn: 0 };
const whole = new Map<string, number>();

function look(): void {
  const parts = store.get(id);
  if (parts === undefined) {
    others.absent++;
    return;
  }
  const bytes = Buffer.concat(parts);
  const writer = bytes[0] ?? -1;
  const isWhole = bytes.length >= 100 && bytes.equals(Buffer.alloc(bytes.length, writer));
  if (isWhole) whole.set(String(writer), (whole.get(String(writer)) ?? 0) + 1);
  else others.torn++;
}

look();
say('ready');
while (!Object.entries(wanted).every(([writer, times]) => (whole.get(writer) ?? 0) >= times)) look();
say({ ...others, writers: [...whole.keys()].sort() });
