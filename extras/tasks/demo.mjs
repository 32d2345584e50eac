// `npm run demo`: installs and builds what is missing, then runs the demo.
import { ensureReady } from './install.mjs';

await ensureReady();
// Only now, because what the demo imports may just have been installed and built.
await import('../demo/demo.mjs');
