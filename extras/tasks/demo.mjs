// `npm run demo`: installs and builds what is missing, then runs the demo.
import { makeReady } from './ready.mjs';

await makeReady();
// Only now: what the demo imports may just have been installed and built.
await import('../demo/demo.mjs');
