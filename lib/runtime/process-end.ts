import { isMainThread } from 'node:worker_threads';
import { clearImmediate, clearTimeout, setImmediate, setTimeout } from 'node:timers';
import process from 'node:process';

/** What is to be done when this thread ends; made by the first copy of this package that needs it, and used by all. */
interface ThreadEnd {
  add(work: () => void): () => void;
}

/** Several copies of this package may be loaded at once. More than one listener of theirs would keep each other waiting. */
const REGISTRY = Symbol.for('tempcache:process-end:1');

/** Ms after which a process that a raised signal has not ended listens again. */
const SURVIVED = 1000;

/**
 * Has synchronous work done at the end of this process or worker thread: when it has nothing left to do, by `process.exit`,
 * by an error that nobody catches and, in the main thread, by SIGTERM. It may be done more than once: where others listen
 * to SIGTERM, the process may go on after it. What it throws is swallowed.
 *
 * @returns what takes the work back
 */
export function atProcessEnd(work: () => void): () => void {
  const holder = process as unknown as { [REGISTRY]?: ThreadEnd };
  if (holder[REGISTRY] === undefined) Object.defineProperty(process, REGISTRY, { value: new EndOfThread() });
  return (holder[REGISTRY] as ThreadEnd).add(work);
}

/**
 * SIGTERM ends a process without any event, unless somebody listens; and then it does not end the process. So this
 * listener does the work and, where nobody else has a say in it, raises the signal again for which it does not listen then.
 *
 * It begins to listen in the first turn of the event loop, where signals are heard: until then, and so in a script that never
 * comes to a turn, SIGTERM ends the process at once. SIGINT and SIGHUP are left alone.
 */
class EndOfThread implements ThreadEnd {
  readonly #works = new Set<() => void>();
  #beginning: NodeJS.Immediate | NodeJS.Timeout | undefined;
  readonly #onExit = (code: number): void => {
    const before = new Set(process.listeners('exit'));
    this.#doAll();
    // Listeners that the work has added would not be called any more.
    for (const listener of process.listeners('exit')) if (!before.has(listener)) listener(code);
  };
  readonly #onTerm = (signal: NodeJS.Signals): void => this.#terminate(signal);
  readonly #listenToTerm = (): void => {
    // First of all, for a listener that is called once is not to be seen any more when its turn has come.
    process.off('SIGTERM', this.#onTerm).prependListener('SIGTERM', this.#onTerm);
  };

  add(work: () => void): () => void {
    const entry = (): void => work();
    if (this.#works.size === 0) this.#begin();
    this.#works.add(entry);
    return () => {
      if (this.#works.delete(entry) && this.#works.size === 0) this.#stop();
    };
  }

  #begin(): void {
    // First of all, for others remove at the end what the work may need.
    process.prependListener('exit', this.#onExit);
    if (isMainThread) this.#beginning = setImmediate(this.#listenToTerm).unref();
  }

  #stop(): void {
    clearImmediate(this.#beginning as NodeJS.Immediate | undefined);
    clearTimeout(this.#beginning as NodeJS.Timeout | undefined);
    process.off('exit', this.#onExit).off('SIGTERM', this.#onTerm);
  }

  #doAll(): void {
    for (const work of this.#works) {
      try {
        work();
      } catch {
        // There is nobody left to tell.
      }
    }
  }

  #terminate(signal: NodeJS.Signals): void {
    this.#doAll();
    if (process.listenerCount(signal) - 1 > listenersThatGiveWay()) return;
    process.off(signal, this.#onTerm);
    // The first process of a container lives on, and so does one of which signal-exit has been told to let it.
    this.#beginning = setTimeout(this.#listenToTerm, SURVIVED).unref();
    process.kill(process.pid, signal);
  }
}

interface SignalExit {
  readonly count?: unknown;
}

/**
 * How many listeners are those of the package signal-exit, which many others use: they raise the signal again as well, but
 * only when they find no listener besides their own.
 */
function listenersThatGiveWay(): number {
  const third = (process as { readonly __signal_exit_emitter__?: SignalExit }).__signal_exit_emitter__;
  const fourth = (globalThis as { readonly [key: symbol]: unknown })[Symbol.for('signal-exit emitter')];
  return countOf(third) + countOf(fourth as SignalExit | undefined);
}

function countOf(emitter: SignalExit | undefined): number {
  return typeof emitter?.count === 'number' ? emitter.count : 0;
}
