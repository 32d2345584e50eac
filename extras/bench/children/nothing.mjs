/** Bare node: see benchmarks/cold-start.mjs. */
process.exit();
