import { variableOf } from './scopes.ts';
import { declarationOf } from './declarations.ts';
import type { Place, Walk } from './walk.ts';

/** What declares variables, each counted once. */
export class Declarations {
  /** A file and a name in it. */
  readonly #counted = new Set<string>();

  clear(): void {
    this.#counted.clear();
  }

  /** The text of the file that declares a variable, and all that its declaration names: as the scopes say it, else the files. */
  of(walk: Walk, place: Place): readonly unknown[] {
    const { file } = walk.originOf(place.fn);
    return (file === undefined ? undefined : this.#in(walk, { file, place })) ?? unseen(walk, place.name);
  }

  #in(walk: Walk, { file, place }: { readonly file: string; readonly place: Place }): readonly unknown[] | undefined {
    if (!this.#isNew(file, place.name)) return ['again', place.name];
    const found = declarationOf(file, place.name);
    if (found === undefined) return undefined;
    const { file: own } = walk.originOf(place.fn);
    const followed = found.names.flatMap(([path, name]): readonly unknown[] => {
      if (walk.options.ignore.has(name)) return [];
      const next = { ...place, name };
      const variable = path === own ? variableOf(place.facts.scopes, name) : undefined;
      if (variable === undefined) return this.#in(walk, { file: path, place: next }) ?? [];
      return this.#isNew(path, name) ? [walk.capture(next, { variable, members: undefined })] : [];
    });
    return ['declared', ...found.counts, followed, ...(found.unseen ? unseen(walk, place.name) : [])];
  }

  #isNew(file: string, name: string): boolean {
    const { size } = this.#counted;
    return this.#counted.add(`${file}\0${name}`).size > size;
  }
}

function unseen(walk: Walk, name: string): readonly unknown[] {
  walk.unseen.add(name);
  return ['unseen', name];
}
