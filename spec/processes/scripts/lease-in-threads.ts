import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fileStore } from '../../../lib/stores/file/file-store.ts';
import { hear, say, scriptArgs } from '../../support/script-side.ts';
import { takeLease } from '../../support/lease.ts';

/** A worker thread takes a lease and holds it; the main thread ends that worker when it is told to. */
if (isMainThread) {
  const [path, id] = scriptArgs<[string, string]>();
  const worker = new Worker(new URL(import.meta.url), { workerData: { path, id } });
  worker.on('message', (taken) =>
    say({ worker: taken, main: takeLease(fileStore({ path }), id, 60_000) !== undefined }),
  );
  const ears = hear((what) => {
    if (what === 'end worker') void worker.terminate().then(() => say('ended'));
    if (what !== 'exit') return;
    ears.close();
    process.stdin.destroy();
  });
} else {
  const { path, id } = workerData as { path: string; id: string };
  parentPort?.postMessage(takeLease(fileStore({ path }), id, 60_000) !== undefined);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
