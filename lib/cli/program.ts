import { Command as Parser, CommanderError } from 'commander';
import { type Call, type Command, Complaint, type ExitCode, type Given, isMisuse, misused } from './command.ts';
import { isUrl } from './stores.ts';
import { clear } from './commands/clear.ts';
import { copy, exportTo, importFrom } from './commands/copy.ts';
import { doctor } from './commands/doctor.ts';
import { ls } from './commands/ls.ts';
import { prune } from './commands/prune.ts';
import { rm } from './commands/rm.ts';
import { show } from './commands/show.ts';
import { stats } from './commands/stats.ts';
import { verify } from './commands/verify.ts';
import { type CommonOptions, Context, type Streams } from './context.ts';
import { type OutStream, PipeClosed, widthFor } from './terminal/output.ts';
import { path } from './commands/path.ts';
import { visible } from './terminal/text.ts';

/** The version of the package, as package.json says it: a bundle has no package.json to read. */
const VERSION = '0.1.0';

const COMMANDS: readonly Command[] = [
  ls,
  stats,
  show,
  rm,
  clear,
  prune,
  verify,
  copy,
  exportTo,
  importFrom,
  path,
  doctor,
];

const ABOUT = `Looks after the caches of tempcache: what is in them, what they save, and what can go.

A cache is named as in the program that made it, which is a folder below the root, or by a path: ./here, ~/there, /anywhere.
Exit codes: 0 done, 1 a problem was found, 2 called in a wrong way.`;

/**
 * The command `tempcache`. Never throws, and ends no process.
 *
 * @param argv what follows the name of the command
 */
export async function run(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  try {
    return await runProgram(argv, streams);
  } catch (error) {
    if (error instanceof PipeClosed) return 0;
    streams.stderr.write(messageOf(error, argv.includes('--verbose') || (streams.env['DEBUG'] ?? '') !== ''));
    return codeOf(error);
  }
}

/** One line for what a user can do something about; a stack only on demand. */
function messageOf(error: unknown, isVerbose: boolean): string {
  const { message, stack } = error as { readonly message?: string; readonly stack?: string };
  // The lines of a complaint are its own; a message of anything else may hold what a program has chosen.
  const text = (message ?? String(error)).split('\n').map(visible).join('\n');
  const hint = isVerbose ? '' : hintFor(error);
  const trace = isVerbose && stack !== undefined ? `${stack.split('\n').map(visible).join('\n')}\n` : '';
  return `tempcache: ${text}${hint}\n${trace}`;
}

function hintFor(error: unknown): string {
  return isExpected(error) ? '' : ' (--verbose shows where)';
}

function codeOf(error: unknown): ExitCode {
  if (error instanceof Complaint) return error.exitCode;
  return isMisuse(error) ? 2 : 1;
}

function isExpected(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return (
    error instanceof Complaint || isMisuse(error) || (typeof code === 'string' && code.startsWith('ERR_TEMPCACHE_'))
  );
}

/**
 * Parses the arguments and runs the command that they name.
 *
 * @throws Complaint for a call that cannot be meant, and what the command throws
 */
async function runProgram(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  const ended: ExitCode[] = [];
  const parser = parserFor(streams);
  const action: Action = async (command, names, options) => {
    const context = new Context(streams, parser.opts<CommonOptions>());
    ended.push(await command.run({ context, ...withStore(command, { names, options }, context.common.store) }));
    await context.out.flush();
  };
  for (const command of COMMANDS) addCommand(parser, command, { action, streams });
  try {
    await parser.parseAsync(argv, { from: 'user' });
    return ended[0] ?? 0;
  } catch (error) {
    if (!isOfParser(error)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}

/** A store stands in the place of the name of a cache. @throws Complaint */
function withStore(command: Command, given: Pick<Call, 'names' | 'options'>, store: string | undefined): typeof given {
  if (store === undefined) return given;
  const { names, options } = given;
  if (!isUrl(store)) throw misused(`--store needs a URL such as sqlite:./file, not "${store}"`);
  const takesCache = command.options?.some(([flags]) => flags.includes('--cache')) === true;
  if (takesCache ? options['cache'] !== undefined : names.length > 0)
    throw misused('Give the name of a cache or --store');
  return takesCache ? { names, options: { ...options, cache: store } } : { names: [store], options };
}

function parserFor({ stdout, stderr, env }: Streams): Parser {
  return new Parser('tempcache')
    .description(ABOUT)
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .option(
      '-d, --dir <root>',
      'the folder that holds the caches (default: $TEMPCACHE_DIR, or a private one in the temp folder)',
    )
    .option('--store <url>', 'the store that holds the cache, instead of folders: sqlite:./file, lmdb:./folder')
    .option('--json', 'print JSON; times are ms since the epoch, null where there is none')
    .option('--verbose', 'show where an error comes from, as $DEBUG does')
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 20 })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => helpWidth(stdout, env),
      getErrHelpWidth: () => helpWidth(stderr, env),
      outputError: (text, write) => write(text.replace(/^error: /, 'tempcache: ')),
    })
    .exitOverride();
}

type Action = (command: Command, names: readonly string[], options: Given) => Promise<void>;

function addCommand(
  parser: Parser,
  command: Command,
  { action, streams }: { readonly action: Action; readonly streams: Streams },
): void {
  const { name, summary, argument, options = [], details } = command;
  const added = parser.command(name).description(summary);
  if (argument !== undefined) added.argument(...argument);
  for (const [flags, description] of options) added.option(flags, description);
  added.addHelpText('after', ({ error }) => {
    const width = helpWidth(error ? streams.stderr : streams.stdout, streams.env);
    const text = details === undefined ? '' : `${added.createHelp().boxWrap(details, width)}\n\n`;
    return `\n${text}${examplesOf(command, width)}`;
  });
  added.showHelpAfterError(`\`tempcache ${name} --help\` shows how it is called.`);
  added.action(async (...given: unknown[]) => {
    // The last two are the options and the parser itself.
    const names = given
      .slice(0, -2)
      .flat()
      .filter((value) => typeof value === 'string');
    if (names.includes('')) throw misused('A name or id must not be empty');
    await action(command, names, added.opts<Given>());
  });
}

/** Lines to try, each followed by its effect on the same line, or on the next one where there is no room. */
function examplesOf({ examples }: Command, helpWide: number): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  const isShort = examples.every(([, effect]) => width + effect.length + 4 <= helpWide);
  const lines = examples.map(([line, effect]) =>
    isShort ? `  ${line.padEnd(width)}  ${effect}` : `  ${line}\n      ${effect}`,
  );
  return `Examples:\n${lines.join('\n')}`;
}

/** Lines of help stay readable in a file and on a wide terminal. */
function helpWidth(stream: OutStream, env: NodeJS.ProcessEnv): number {
  return Math.min(widthFor(stream, env), 100);
}

/** The parser throws for help and version too. */
function isOfParser(error: unknown): error is CommanderError {
  return error instanceof CommanderError;
}
