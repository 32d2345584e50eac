import { isDeepStrictEqual } from 'node:util';
import { say } from '../../support/script-side.ts';
import { baseName, expectedFate, fate, serializers } from '../../support/survival.ts';
import { unstorable } from '../../support/unstorable-values.ts';
import { values } from '../../support/values.ts';

// Plain Node has one realm, so that Node's own comparison can judge too. For it own classes of errors, which come back
// as stand-ins of the same name, are different, and (Node 20) every invalid date is.
const DIFFERENT = ['own class', 'invalid dates'];
const wrong: string[] = [];

for (const serializer of serializers()) {
  for (const row of values) {
    const value = row.value();
    const found = fate(serializer, value);
    const label = `${serializer.name}, ${row.name}`;
    if (found !== expectedFate(serializer, row)) wrong.push(`${label}: ${found}`);
    if (found !== 'kept' || DIFFERENT.some((part) => row.name.includes(part))) continue;
    if (!isDeepStrictEqual(serializer.deserialize(serializer.serialize(value)), value)) wrong.push(`${label}: unequal`);
  }
  for (const { name, value } of unstorable) {
    if (fate(serializer, value()) !== 'refused') wrong.push(`${baseName(serializer)}, ${name}: not refused`);
  }
}
say({ checked: serializers().length * (values.length + unstorable.length), wrong });
