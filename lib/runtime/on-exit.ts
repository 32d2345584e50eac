import process from 'node:process';

const works = new Set<() => void>();

/**
 * Has synchronous work done when this process or thread ends by itself, by `process.exit` or by an error that nobody catches.
 * A signal ends it without that.
 *
 * @returns what takes the work back
 */
export function atExit(work: () => void): () => void {
  // First of all, for others remove at the end what the work may need.
  if (works.size === 0) process.prependListener('exit', doAll);
  works.add(work);
  return () => {
    if (works.delete(work) && works.size === 0) process.off('exit', doAll);
  };
}

function doAll(): void {
  for (const work of works) {
    try {
      work();
    } catch {
      // There is nobody left to tell.
    }
  }
}
