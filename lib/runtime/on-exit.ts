import process from 'node:process';

/** When something is done at the end: what the others need is removed last. */
export type ExitPhase = 'write' | 'release' | 'remove';

const PHASES: readonly ExitPhase[] = ['write', 'release', 'remove'];

/** What is to be done when this thread ends; made by the first copy of this package that needs it, and used by all. */
interface ExitRegistry {
  add(phase: ExitPhase, work: () => void): () => void;
}

/** Several copies of this package may be loaded at once: one listener of theirs is enough. */
const REGISTRY = Symbol.for('tempcache:on-exit:1');

/**
 * Has synchronous work done once when this process or worker thread ends: when it has nothing left to do, by `process.exit`, or
 * by an error that is not caught. A signal ends a process without it, and `terminate()` a thread. What the work throws is
 * swallowed; work that is added in the middle of the end is done too, unless its phase is over. It keeps no process alive.
 *
 * @returns a function that cancels the work
 */
export function onExit(phase: ExitPhase, work: () => void): () => void {
  const holder = process as unknown as { [REGISTRY]?: ExitRegistry };
  if (holder[REGISTRY] === undefined) Object.defineProperty(process, REGISTRY, { value: new Registry() });
  return (holder[REGISTRY] as ExitRegistry).add(phase, work);
}

class Registry implements ExitRegistry {
  readonly #works: Readonly<Record<ExitPhase, Set<() => void>>> = {
    write: new Set(),
    release: new Set(),
    remove: new Set(),
  };

  add(phase: ExitPhase, work: () => void): () => void {
    // The same work may be added twice.
    const entry = (): void => work();
    // Before all other listeners, which may remove what the work needs.
    if (this.#isEmpty) process.prependListener('exit', this.#end);
    this.#works[phase].add(entry);
    return () => {
      if (this.#works[phase].delete(entry) && this.#isEmpty) process.off('exit', this.#end);
    };
  }

  get #isEmpty(): boolean {
    return PHASES.every((phase) => this.#works[phase].size === 0);
  }

  readonly #end = (): void => {
    for (const phase of PHASES) {
      // A set goes over what is added to it meanwhile, too.
      for (const work of this.#works[phase]) {
        this.#works[phase].delete(work);
        try {
          work();
        } catch {
          // The process ends: there is no caller to report it to.
        }
      }
    }
  };
}
