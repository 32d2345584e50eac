import { compressed } from '../../lib/serializers/compressed.ts';
import { devalueSerializer } from '../../lib/serializers/devalue.ts';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import type { Serializer } from '../../lib/serializers/serializer.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';
import { sameValue } from './same-value.ts';
import { type NamedValue, values } from './values.ts';

/** What became of a value: given back as it was, refused, or (which must not be) changed. */
export type Fate = 'kept' | 'refused' | 'changed';

/** The serializers of the package, without help from the user. */
export function serializers(): readonly Serializer[] {
  const bases = [v8Serializer(), devalueSerializer(), jsonSerializer()];
  return [...bases, ...bases.map((base) => compressed(base, { threshold: 0 }))];
}

/** Who of the table's serializers a name stands for: `compressed-json` for `json`. */
export function baseName(serializer: Serializer): string {
  return serializer.name.replace('compressed-', '');
}

/** What the table says about a value. */
export function expectedFate(serializer: Serializer, { refusedBy }: NamedValue): Fate {
  return (refusedBy as readonly string[]).includes(baseName(serializer)) ? 'refused' : 'kept';
}

/** What becomes of a value; an error that is no refusal with a path is thrown. */
export function fate(serializer: Serializer, value: unknown): Fate {
  let bytes: Uint8Array;
  try {
    bytes = serializer.serialize(value);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_TEMPCACHE_UNSERIALIZABLE') throw error;
    if (!(error as { path: string }).path.startsWith('value')) throw error;
    return 'refused';
  }
  // JSON knows no sharing: an object that occurs twice becomes two. Only V8's keeps that objects are closed. The guide says so.
  const name = baseName(serializer);
  const options = { sharing: name !== 'json', closing: name === 'v8' };
  return sameValue(value, serializer.deserialize(bytes), options) ? 'kept' : 'changed';
}

/** What survives which serializer, as a Markdown table. */
export function survivalTable(): string {
  const columns = serializers().filter((serializer) => serializer.name === baseName(serializer));
  const head = ['value', ...columns.map(({ name }) => `\`${name}\``)];
  const rows = values.map(({ name, value }) => [name, ...columns.map((column) => fate(column, value()))]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
