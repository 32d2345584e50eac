import { say } from './script-side.ts';

/** Ways in which programs and libraries listen to SIGTERM: the third and fourth version of signal-exit, and one's own. */
export type OtherListener = 'signal-exit 3' | 'signal-exit 4' | 'own' | 'own once';

/** Counts the listeners of the copies of one version. */
interface Emitter {
  count: number;
}

const holder = process as { __signal_exit_emitter__?: Emitter };
const FOURTH = Symbol.for('signal-exit emitter');
const globals = globalThis as { [FOURTH]?: Emitter };

/** Listens, and says so when it is told of the signal and takes it for its end. */
export function listenAsOthersDo(kind: OtherListener): void {
  if (kind === 'own' || kind === 'own once') {
    process[kind === 'own' ? 'on' : 'once']('SIGTERM', () => {
      say(kind);
      // It has something to finish before it ends.
      setTimeout(() => process.exit(7), 50);
    });
    return;
  }
  const emitter: Emitter =
    kind === 'signal-exit 3' ? (holder.__signal_exit_emitter__ ??= { count: 0 }) : (globals[FOURTH] ??= { count: 0 });
  emitter.count++;
  const onSignal = (signal: NodeJS.Signals): void => {
    const known = emitter.count + (kind === 'signal-exit 4' ? (holder.__signal_exit_emitter__?.count ?? 0) : 0);
    if (process.listenerCount(signal) !== known) return;
    process.off(signal, onSignal);
    emitter.count--;
    say(kind);
    process.kill(process.pid, signal);
  };
  process.on('SIGTERM', onSignal);
}
