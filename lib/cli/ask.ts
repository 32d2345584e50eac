import { createInterface } from 'node:readline/promises';
import type { Writable } from 'node:stream';

import { misused } from './complaint.ts';
import type { Context } from './context.ts';
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
  // Ctrl-C and Ctrl-D end the question without an answer.
  const ended = new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
  });
  try {
    const answer = await Promise.race([lines.question(`${visible(question)} [y/N] `), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
