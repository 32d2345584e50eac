import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

/**
 * What the thread does, as a text, for that is the only form in which a bundler leaves it whole. A lock that another
 * holder has by now is left alone.
 */
const THREAD = `
const { receiveMessageOnPort, workerData } = require('node:worker_threads');
const { lutimesSync, readFileSync } = require('node:fs');
const { port, token, period } = workerData;
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const locks = new Set();
for (;;) {
  for (let told = receiveMessageOnPort(port); told !== undefined; told = receiveMessageOnPort(port)) {
    const { path, isHeld } = told.message;
    if (isHeld) locks.add(path);
    else locks.delete(path);
  }
  for (const path of locks) {
    try {
      const now = Date.now() / 1000;
      if (readFileSync(path, 'latin1') === token) lutimesSync(path, now, now);
    } catch {}
  }
  Atomics.wait(sleeper, 0, 0, period);
}`;

/**
 * Signs of life for locks, from a thread of its own: a synchronous computation blocks the thread that it runs in, for
 * minutes perhaps, and holders whom others can judge by nothing else would lose their locks for that. The thread is begun
 * with the first lock, sleeps but for an instant in each period, and keeps no process alive.
 */
export class Heartbeat {
  readonly #token: string;
  #thread: { readonly worker: Worker; readonly port: MessagePort } | undefined;

  constructor(token: string) {
    this.#token = token;
  }

  /** From now on, gives a sign of life every `period` ms; the period of the first lock is that of all. */
  add(path: string, period: number): void {
    this.#thread ??= begin({ token: this.#token, period });
    this.#thread?.port.postMessage({ path, isHeld: true });
  }

  remove(path: string): void {
    this.#thread?.port.postMessage({ path, isHeld: false });
  }

  stop(): void {
    this.#thread?.port.close();
    void this.#thread?.worker.terminate();
    this.#thread = undefined;
  }
}

/** Undefined where threads are not permitted: then locks last as long as the thread that holds them is not blocked. */
function begin(terms: { readonly token: string; readonly period: number }) {
  try {
    const { port1: port, port2 } = new MessageChannel();
    const workerData = { ...terms, port: port2 };
    const worker = new Worker(THREAD, { eval: true, execArgv: [], workerData, transferList: [port2] });
    worker.on('error', () => undefined);
    worker.unref();
    port.unref();
    return { worker, port };
  } catch {
    return undefined;
  }
}
