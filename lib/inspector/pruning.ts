import type { OnProgress } from '../maintenance/clear.ts';
import { pruneRecords, type PruneResult } from '../maintenance/prune.ts';
import { LIMITS, readLimits, type LimitOptions } from '../options/limits.ts';
import { checkOptions, parseDuration, type Duration } from '../options/parse.ts';
import { carryOutSync } from '../runtime/steps.ts';
import { recordsIn, type Source } from './source.ts';

/** What is to go besides what is of no use any more. Limits hold for what is left then. */
export interface PruneOptions extends LimitOptions {
  /** Entries that were saved so long ago; they count as expired. Default: none. */
  readonly olderThan?: Duration;
  /** Entries that were not used for so long. Default: none. */
  readonly unusedFor?: Duration;
  /** Whether the report is all that is made, of what would go. Default: false. */
  readonly dryRun?: boolean;
  /** Called after each entry with the number of those that were looked at. */
  readonly onProgress?: OnProgress;
}

const PRUNE_OPTIONS = ['olderThan', 'unusedFor', ...Object.keys(LIMITS), 'dryRun', 'onProgress'];

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`), UnsafeFolderError, StoreError */
export function prune(source: Source, options: PruneOptions): PruneResult {
  checkOptions(options, PRUNE_OPTIONS, 'prune()');
  const { olderThan = Infinity, unusedFor = Infinity, dryRun: isDry = false, onProgress } = options;
  const policy = {
    pruner: { by: 'inspector' },
    olderThan: parseDuration(olderThan, 'The option olderThan'),
    unusedFor: parseDuration(unusedFor, 'The option unusedFor'),
  } as const;
  const records = recordsIn(source, { limits: readLimits(options), isDry });
  return carryOutSync(pruneRecords(records, { ...policy, onProgress })).result;
}
