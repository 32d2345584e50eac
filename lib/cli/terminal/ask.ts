import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';

import { misused } from '../complaint.ts';
import type { Context } from '../context.ts';
import { visible } from './text.ts';

/**
 * Asks whoever sits there; all but a yes is a no.
 *
 * @throws Complaint where nobody can be asked
 */
export async function ask({ streams }: Context, question: string): Promise<boolean> {
  const { stdin, stderr } = streams;
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw misused(`${question} There is no terminal to ask on: add --yes if that is meant`);
  }
  const lines = createInterface({ input: stdin, output: stderr as unknown as Writable });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.question(`${visible(question)} [y/N] `, resolve);
      // Ctrl-C and Ctrl-D end the question without an answer.
      lines.once('close', () => resolve(''));
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
