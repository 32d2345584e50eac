import { writerToken } from '../../lib/stores/file/writer.ts';

interface TokenFields {
  readonly machine?: string;
  readonly pid?: number;
  readonly thread?: number;
  readonly start?: string;
}

/** The token of this very thread, but for some fields: another writer of the same machine, or of another one. */
export function tokenWith(fields: TokenFields): string {
  const [machine, pid, thread, start, instance] = writerToken().split('-');
  return [fields.machine ?? machine, fields.pid ?? pid, fields.thread ?? thread, fields.start ?? start, instance].join(
    '-',
  );
}

/** A token of this machine whose process is gone: no system numbers processes that high. */
export function deadToken(): string {
  return tokenWith({ pid: 1_999_999_999, thread: 1_999_999_999 });
}

/** A token of a machine that nobody here can look into. */
export function farToken(): string {
  return tokenWith({ machine: '00000000' });
}
