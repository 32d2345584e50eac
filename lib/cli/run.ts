import { clear } from './commands/clear.ts';
import type { Command } from './command.ts';
import { Complaint, isMisuse, type ExitCode } from './complaint.ts';
import type { Streams } from './context.ts';
import { doctor } from './commands/doctor.ts';
import { ls } from './commands/ls.ts';
import { PipeClosed } from './terminal/output.ts';
import { path } from './terminal/path.ts';
import { runProgram } from './program.ts';
import { prune } from './commands/prune.ts';
import { rm } from './commands/rm.ts';
import { show } from './commands/show.ts';
import { stats } from './commands/stats.ts';
import { visible } from './terminal/text.ts';
import { verify } from './commands/verify.ts';
import { VERSION } from './version.ts';

const COMMANDS: readonly Command[] = [ls, stats, show, rm, clear, prune, verify, path, doctor];

/**
 * The command `tempcache`. Never throws, and ends no process.
 *
 * @param argv what follows the name of the command
 */
export async function run(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  try {
    return await runProgram({ commands: COMMANDS, version: VERSION, streams }, argv);
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
