import { BYTES_KINDS, type ErrorRecipe, type Recipe } from './key-recipes.ts';
import type { Random } from './key-random.ts';

/** The recipe with something changed in one place, mostly so little that only a careful key shows it. */
export function mutate(recipe: Recipe, random: Random): Recipe {
  if (random.below(3) > 0) {
    const deeper = mutateInside(recipe, random);
    if (deeper !== undefined) return deeper;
  }
  if (random.below(12) === 0) return random.coin() ? array([recipe]) : scalar(undefined);
  return mutateHere(recipe, random);
}

const scalar = (value: unknown): Recipe => ({ kind: 'scalar', value });
const array = (elements: readonly (Recipe | undefined)[]): Recipe => ({ kind: 'array', elements });

/** Changes one of the recipes inside; undefined where there is none. */
function mutateInside(recipe: Recipe, random: Random): Recipe | undefined {
  const change = (inner: Recipe): Recipe => mutate(inner, random);
  if (recipe.kind === 'object')
    return replaceOne(
      recipe.entries,
      random,
      ([key, value]) => [key, change(value)] as const,
      (entries) => ({ ...recipe, entries }),
    );
  if (recipe.kind === 'array')
    return replaceOne(recipe.elements, random, (element) => element && change(element), array);
  if (recipe.kind === 'set') return replaceOne(recipe.members, random, change, (members) => ({ ...recipe, members }));
  if (recipe.kind === 'map') {
    return replaceOne(
      recipe.entries,
      random,
      ([key, value]): readonly [Recipe, Recipe] => (random.coin() ? [change(key), value] : [key, change(value)]),
      (entries) => ({ ...recipe, entries }),
    );
  }
  if (recipe.kind !== 'error') return undefined;
  if (recipe.cause !== undefined && random.coin()) return withCause(recipe, change(recipe.cause));
  if (random.coin()) return replaceOne(recipe.errors, random, change, (errors) => ({ ...recipe, errors }));
  return replaceOne(
    recipe.fields,
    random,
    ([key, value]) => [key, change(value)] as const,
    (fields) => ({ ...recipe, fields }),
  );
}

/** Versions of Node disagree on `cause: undefined`: the table of pairs has it. */
function withCause(recipe: ErrorRecipe, cause: Recipe): Recipe {
  return { ...recipe, cause: cause.kind === 'scalar' && cause.value === undefined ? scalar(null) : cause };
}

function replaceOne<T>(
  list: readonly T[],
  random: Random,
  change: (item: T) => T,
  rebuild: (list: readonly T[]) => Recipe,
): Recipe | undefined {
  if (list.length === 0) return undefined;
  const at = random.below(list.length);
  return rebuild(list.map((item, index) => (index === at ? change(item) : item)));
}

function mutateHere(recipe: Recipe, random: Random): Recipe {
  switch (recipe.kind) {
    case 'scalar':
      return mutateScalar(recipe.value, random);
    case 'boxed':
    case 'date':
    case 'regexp':
    case 'url':
    case 'searchParams':
      return random.pick(nearLeaves(recipe));
    case 'bytes':
      return random.coin()
        ? { ...recipe, as: random.pick(BYTES_KINDS) }
        : { ...recipe, bytes: recipe.bytes.map((byte, index) => (index === 7 ? byte ^ 128 : byte)) };
    case 'cycle':
      return { ...recipe, up: recipe.up + 1 };
    default:
      return mutateContainer(recipe, random);
  }
}

type Leaf = Extract<Recipe, { kind: 'boxed' | 'date' | 'regexp' | 'url' | 'searchParams' }>;

function nearLeaves(leaf: Leaf): readonly Recipe[] {
  if (leaf.kind === 'boxed') return [scalar(leaf.value), { kind: 'boxed', value: `${String(leaf.value)}\0` }];
  if (leaf.kind === 'date') return [{ ...leaf, time: leaf.time + 1 }, scalar(leaf.time)];
  if (leaf.kind === 'url') return [{ ...leaf, path: `${leaf.path}%20` }, scalar(`https://example.org/${leaf.path}`)];
  if (leaf.kind === 'searchParams') return [{ ...leaf, pairs: [...leaf.pairs, ['', '']] }];
  return [
    { ...leaf, lastIndex: 2 },
    { ...leaf, flags: 'm' },
    { ...leaf, source: `${leaf.source}+` },
  ];
}

function mutateScalar(value: unknown, random: Random): Recipe {
  if (typeof value === 'symbol') return random.coin() ? scalar(Symbol.keyFor(value)) : { kind: 'boxed', value };
  if (value === undefined || value === null)
    return random.pick([scalar(null), scalar(undefined), scalar(String(value)), scalar(0)]);
  const primitive = value as string | number | boolean | bigint;
  const near: unknown[] = [String(primitive), `${primitive}\0`, `${primitive}\uD800`];
  if (typeof primitive === 'number')
    near.push(-primitive, primitive + 1, Number.isInteger(primitive) ? BigInt(primitive) : null);
  if (typeof primitive === 'string')
    near.push(primitive.slice(1), primitive.replace('x', 'y'), primitive.replaceAll('\uD800', '\uFFFD'));
  return random.below(4) === 0 ? { kind: 'boxed', value: primitive } : scalar(random.pick(near));
}

function mutateContainer(
  recipe: Extract<Recipe, { kind: 'object' | 'array' | 'map' | 'set' | 'error' }>,
  random: Random,
): Recipe {
  if (recipe.kind === 'array') return mutateArray(recipe.elements, random);
  if (recipe.kind === 'error') return mutateError(recipe, random);
  if (recipe.kind === 'set') {
    return random.pick<Recipe>([
      array(recipe.members),
      { ...recipe, members: recipe.members.slice(1) },
      { ...recipe, members: [...recipe.members, recipe] },
    ]);
  }
  if (recipe.kind === 'map') {
    const [first, second, ...rest] = recipe.entries;
    if (first === undefined || second === undefined) return array(recipe.entries.map((entry) => array(entry)));
    return { ...recipe, entries: [[first[0], second[1]], [second[0], first[1]], ...rest] };
  }
  const [first, ...rest] = recipe.entries;
  return random.pick<Recipe>([
    { ...recipe, bare: !recipe.bare },
    { ...recipe, entries: [...recipe.entries, ['d', scalar(undefined)]] },
    { ...recipe, entries: rest },
    {
      ...recipe,
      entries:
        first === undefined ? [] : [[typeof first[0] === 'string' ? Symbol.for(first[0]) : 'e', first[1]], ...rest],
    },
    { kind: 'map', entries: recipe.entries.map(([key, value]) => [scalar(key), value]) },
  ]);
}

function mutateArray(elements: readonly (Recipe | undefined)[], random: Random): Recipe {
  return random.pick<Recipe>([
    array([...elements, undefined]),
    array([...elements, scalar(undefined)]),
    array(elements.map((element) => element ?? scalar(undefined))),
    array(elements.toReversed()),
    {
      kind: 'object',
      bare: false,
      entries: elements.flatMap((element, index) => (element === undefined ? [] : [[String(index), element] as const])),
    },
    { kind: 'set', members: elements.filter((element) => element !== undefined) },
  ]);
}

function mutateError(recipe: ErrorRecipe, random: Random): Recipe {
  return random.pick<Recipe>([
    { ...recipe, message: `${recipe.message}!` },
    { ...recipe, type: random.pick(['Error', 'TypeError', 'AggregateError'] as const) },
    { ...recipe, cause: scalar(null) },
    { ...recipe, errors: [...recipe.errors, scalar(1)] },
    { ...recipe, fields: recipe.fields.slice(1) },
    { ...recipe, fields: [...recipe.fields.filter(([key]) => key !== 'name'), ['name', scalar(recipe.type)]] },
  ]);
}
