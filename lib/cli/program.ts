import { CommanderError, Command as Parser } from 'commander';

import type { Command, Given } from './command.ts';
import { misused, type ExitCode } from './complaint.ts';
import { Context, type CommonOptions, type Streams } from './context.ts';
import { widthFor, type OutStream } from './terminal/style.ts';

/** All that the parser needs to know. */
export interface Program {
  readonly commands: readonly Command[];
  readonly version: string;
  readonly streams: Streams;
}

const ABOUT = `Looks after the caches of tempcache: what is in them, what they save, and what can go.

A cache is named as in the program that made it, which is a folder below the root, or by a path: ./here, ~/there, /anywhere.
Exit codes: 0 done, 1 a problem was found, 2 called in a wrong way.`;

/**
 * Parses the arguments and runs the command that they name.
 *
 * @throws Complaint for a call that cannot be meant, and whatever the command throws
 */
export async function runProgram(program: Program, argv: readonly string[]): Promise<ExitCode> {
  const ended: ExitCode[] = [];
  const parser = parserOf(program);
  const action: Action = async (command, names, options) => {
    const context = new Context(program.streams, parser.opts<CommonOptions>());
    ended.push(await command.run({ context, names, options }));
    await context.out.flush();
  };
  for (const command of program.commands) addCommand(parser, command, { action, streams: program.streams });
  try {
    await parser.parseAsync(argv, { from: 'user' });
    return ended[0] ?? 0;
  } catch (error) {
    if (!isOfParser(error)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}

function parserOf({ version, streams }: Program): Parser {
  const { stdout, stderr, env } = streams;
  return new Parser('tempcache')
    .description(ABOUT)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .option(
      '-d, --dir <root>',
      'the folder that holds the caches (default: $TEMPCACHE_DIR, or a private one in the temp folder)',
    )
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

interface Surroundings {
  readonly action: Action;
  readonly streams: Streams;
}

function addCommand(parser: Parser, command: Command, { action, streams }: Surroundings): void {
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

/** Lines to try, each with what it does behind it, or below it where there is no room. */
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
