import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ownEnvironment, project } from '../support/packed.ts';

const exec = promisify(execFile);
const script = join(import.meta.dirname, '..', '..', 'extras', 'edits', 'run.mjs');

interface Found {
  readonly wrong: readonly string[];
  readonly lost: readonly string[];
  readonly needless: readonly string[];
  readonly count: number;
}

/** Runs the edits in a way of running; all ways are in extras/edits. */
async function run(way: string, env: NodeJS.ProcessEnv = {}): Promise<Found | undefined> {
  const args = [script, '--json', '--way', way, '--tempcache', join(project, 'node_modules', 'tempcache')];
  const answer = exec(process.execPath, args, { env: { ...ownEnvironment(), ...env } });
  const { stdout } = await answer.catch((error: { readonly stdout: string }) => error);
  return (JSON.parse(stdout) as Readonly<Record<string, Found>>)[way];
}

describe('An edit of what a cached function depends on, in fresh processes', () => {
  it.each(['esm', 'minified', 'rollup', 'swc-es5'])(
    'leaves no wrong value, and nothing is computed for nothing: %s',
    async (way) => {
      const { count = 0, ...found } = (await run(way)) ?? {};
      expect(found).toEqual({ wrong: [], lost: [], needless: [] });
      expect(count).toBeGreaterThan(70);
    },
  );

  it('leaves wrong values where helpers are not seen', async () => {
    const { wrong = [] } = (await run('esm', { EDITS_CAPTURES: 'off' })) ?? {};
    expect(wrong.length).toBeGreaterThan(50);
  });
});
