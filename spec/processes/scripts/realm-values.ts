/** Runs in a realm of its own: stores all values of the table there, and says which do not come back as objects of it. */
import { prototypesIn } from '../../support/prototypes.ts';
import { expectedFate, fate, serializers } from '../../support/survival.ts';
import { values } from '../../support/values.ts';

/** Node makes these in its own realm; what is decoded is of this one. */
const OF_NODE = 'errors of the operating system';

export const foreign: string[] = [];

for (const serializer of serializers()) {
  for (const row of values) {
    const value = row.value();
    if (expectedFate(serializer, row) === 'refused') continue;
    const own = prototypesIn(value);
    const read = prototypesIn(serializer.deserialize(serializer.serialize(value)));
    const isOwn = row.name === OF_NODE || [...read].every((prototype) => own.has(prototype));
    if (!isOwn || fate(serializer, value) !== 'kept') foreign.push(`${serializer.name}, ${row.name}`);
  }
}
