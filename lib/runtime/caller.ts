import { signalsIn } from '../common/signals.ts';

/** What a caller waits for. */
interface Awaited {
  /** A caller waits for it no longer. */
  lose(reason?: unknown): void;
}

/** One listener on a signal, and those who are told by it. */
interface Watch {
  readonly told: Set<() => void>;
  readonly tell: () => void;
}

/** The signals under which callers wait at this moment: each has one listener, however many wait. */
const watches = new WeakMap<AbortSignal, Watch>();

/** A controller of the environment that calls come from: what takes a signal there, may take none of another. */
export function newController(): AbortController {
  return new globalThis.AbortController();
}

/** Who has made a call, and may go before it has ended: when one of its signals aborts. */
export class Caller {
  readonly #signals: readonly AbortSignal[];
  #awaited: Awaited | undefined;

  constructor(signals: readonly AbortSignal[]) {
    this.#signals = signals;
  }

  get isGone(): boolean {
    return this.#signals.some(({ aborted }) => aborted);
  }

  /** Why it has gone, by its signal; some polyfills do not say. */
  get reason(): unknown {
    const reason: unknown = this.#signals.find(({ aborted }) => aborted)?.reason;
    return reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
  }

  /** A signal that aborts when one of its signals does, or `own`; as far as polyfills can be joined. */
  with(own: AbortSignal): AbortSignal {
    const [first] = this.#signals;
    try {
      return globalThis.AbortSignal.any([...this.#signals, own]);
    } catch {
      return first ?? own;
    }
  }

  /** Says what it waits for from now on, instead of what it waited for. */
  waitFor(awaited: Awaited): void {
    this.#awaited?.lose();
    this.#awaited = awaited;
  }

  /** @throws its reason, where it has gone before */
  present(): this {
    if (this.isGone) throw this.reason;
    return this;
  }

  /** What comes of a promise, or the reason as soon as it has gone; `onGone` is called then. @throws the reason */
  async wait<T>(promise: PromiseLike<T>, onGone?: () => void): Promise<T> {
    let go = (): void => undefined;
    const gone = new Promise<never>((_resolve, reject) => {
      go = () => {
        const { reason } = this;
        reject(reason);
        onGone?.();
        this.#awaited?.lose(reason);
        this.#awaited = undefined;
      };
    });
    for (const signal of this.#signals) watch(signal, go);
    if (this.isGone) go();
    try {
      return await Promise.race([promise, gone]);
    } finally {
      this.#awaited = undefined;
      for (const signal of this.#signals) unwatch(signal, go);
    }
  }
}

/** The caller of a call with these arguments; undefined where none of them says that it may go. */
export function callerWith(args: readonly unknown[]): Caller | undefined {
  const signals = signalsIn(args);
  return signals && new Caller(signals);
}

/** What comes of a promise for a caller who may go, if it may: see {@link Caller.wait}. */
export function wait<T>(caller: Caller | undefined, promise: Promise<T>, onGone: () => void): Promise<T> {
  return caller === undefined ? promise : caller.wait(promise, onGone);
}

function watch(signal: AbortSignal, go: () => void): void {
  const known = watches.get(signal);
  if (known !== undefined) return void known.told.add(go);
  const told = new Set([go]);
  const tell = (): void => {
    watches.delete(signal);
    for (const each of told) each();
  };
  watches.set(signal, { told, tell });
  signal.addEventListener('abort', tell, { once: true });
}

function unwatch(signal: AbortSignal, go: () => void): void {
  const known = watches.get(signal);
  if (known === undefined || !known.told.delete(go) || known.told.size > 0) return;
  watches.delete(signal);
  signal.removeEventListener('abort', known.tell);
}
