/** Saves one of two long values over the other, again and again: see support/values-check.mjs. */
const [file, folder, duration] = process.argv.slice(2);
const { open } = await import(`../peers/${file}`);
const handle = await open(folder);
const values = ['a', 'b'].map((letter) => letter.repeat(400_000));
const end = Date.now() + Number(duration);
for (let n = 0; Date.now() < end; n++) await handle.set('torn', values[n % 2]);
process.exit();
