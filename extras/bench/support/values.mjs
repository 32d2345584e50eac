/** A plain object of ten fields, about 150 bytes. */
export function makeUser(id) {
  const about = { name: 'Ann', email: 'ann@example.com', age: 42, active: true, score: 1.5 };
  return { id, ...about, team: 'blue', city: 'Rome', zip: '00100', country: 'IT' };
}

/** Lists of that object; the largest is one object with a long text, since millions of objects measure V8 alone. */
export const SIZES = {
  '200 B': { entries: 200, make: makeUser },
  '4 KB': { entries: 50, make: (id) => users(id, 28) },
  '1 MB': { entries: 4, make: (id) => users(id, 7000) },
  '100 MB': { entries: 1, make: (id) => ({ ...makeUser(id), text: 'the quick brown fox '.repeat(5_000_000) }) },
};

function users(id, count) {
  return Array.from({ length: count }, (_, index) => makeUser(id * count + index));
}
