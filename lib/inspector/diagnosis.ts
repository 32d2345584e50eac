/** How a cache folder is. What cannot be known, on this system or at all, is undefined. */
export interface Diagnosis {
  readonly path: string;
  /** Whether there is anything by that name. */
  readonly exists: boolean;
  /** Whether a cache would use it. Also true for a folder that is not there. */
  readonly isSafe: boolean;
  /** Whether nobody else can look into it. */
  readonly isPrivate: boolean;
  /** Permissions, in octal: `'0700'`. */
  readonly mode: string | undefined;
  /** The number of the user to whom it belongs. */
  readonly owner: number | undefined;
  /** As the system calls it: `'ext4'`, `'tmpfs'`. */
  readonly fileSystem: string | undefined;
  /** Whether processes may use it whom this system cannot see: of other machines, or of other containers. */
  readonly isShared: boolean;
  /** Bytes that this user may still write there. */
  readonly freeBytes: number | undefined;
  readonly totalBytes: number | undefined;
  readonly entries: number;
  /** Parts of the runs of generators, which are records of their own. */
  readonly parts: number;
  /** What the cache keeps for itself, such as counts. */
  readonly notes: number;
  /** Folders in it, which may be caches of their own. */
  readonly folders: number;
  /** What dead processes have left; `prune()` removes it. */
  readonly leftovers: { readonly files: number; readonly bytes: number };
  /** Rights to compute an entry, by what can be said of the processes that hold them. */
  readonly leases: { readonly living: number; readonly dead: number; readonly unknown: number };
  /** What does not belong to a cache. No method touches it. */
  readonly foreign: {
    readonly files: number;
    /** Ten of them at most. */
    readonly names: readonly string[];
  };
  /** What is wrong, and what to do about it; empty for a sound folder. */
  readonly problems: readonly string[];
  /** For each problem, in the same order, a line for a shell that mends it. */
  readonly cures: readonly string[];
}
