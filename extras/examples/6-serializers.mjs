// How values become bytes: the default keeps whatever V8 can clone, and more; others write text, compress, or are your own.
import { compressed, jsonSerializer, TempCache } from 'tempcache';
import { devalueSerializer } from 'tempcache/devalue';

const lines = {
  name: 'lines',
  serialize: (value) => Buffer.from(value.join('\n')),
  deserialize: (bytes) => Buffer.from(bytes).toString().split('\n'),
};
const value = Array.from({ length: 1000 }, (_, index) => `line ${index}`);

const serializers = {
  default: undefined,
  json: jsonSerializer(),
  devalue: devalueSerializer(),
  'json, compressed': compressed(jsonSerializer(), { algorithm: 'gzip' }),
  'our own': lines,
};
for (const [title, serializer] of Object.entries(serializers)) {
  const item = TempCache.temporary(serializer && { serializer }).itemForKey('lines');
  item.save(value);
  console.log(`${title}: ${item.info().bytes} bytes, last line: ${item.load().at(-1)}`);
}

const strict = TempCache.temporary({ serializer: jsonSerializer() }).itemForKey('date');
console.log('JSON would change a Date, so it is refused:', strict.trySave({ when: new Date() }));
