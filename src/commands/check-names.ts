// The sources of a check: names from the command line, with patterns and folders expanded, and those of a list as they
// arrive.
import { withoutCompanions } from "../capture/companions.ts";
import { expandFolder, expandPattern, type NamedSource } from "../check/source-names.ts";
import type { SourceList } from "../check/source-list.ts";
import { UserError } from "../errors.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";

/** The sources of a check, one after the other. */
export interface SourceNames {
  /** Those known when the check began. */
  readonly known: readonly NamedSource[];
  /** The next one; undefined if there are no more. */
  next(): Promise<NamedSource | undefined>;
  /** Number of sources; null while it is not known. */
  total(): number | null;
  /** Number of known sources that were not taken yet. */
  waiting(): number;
  /** Closes the list: no more names are needed. */
  close(): void;
}

/** Called with the entries of a folder that are not captures, and the folder. */
export type OnSkipped = Parameters<typeof expandFolder>[1];

/** The known sources. */
export function namesIn(known: readonly NamedSource[]): SourceNames {
  let taken = 0;
  return {
    known,
    next: async () => known[taken++],
    total: () => known.length,
    waiting: () => Math.max(known.length - taken, 0),
    close() {},
  };
}

/**
 * The known sources, then those of the list at `path`, whose folders are expanded as they arrive. `refuse` returns why
 * a listed source must not be read, or null. An error of the list is its last source.
 */
export function namesWithList(
  known: readonly NamedSource[],
  path: string,
  list: SourceList,
  onSkipped: OnSkipped,
  refuse: (name: string) => UserError | null,
): SourceNames {
  /** The next sources: those known, then those of one line of the list at a time. */
  let ahead: readonly NamedSource[] = known;
  let given = 0;
  let count = 0;
  let isOver = false;

  async function readOn(): Promise<void> {
    given = 0;
    try {
      const next = await list.next();
      isOver = next === undefined;
      ahead = next === undefined ? [] : next.error === null ? await allowed(next.name) : [next];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      isOver = true;
      ahead = [{ name: path, error }];
    }
  }

  async function allowed(name: string): Promise<readonly NamedSource[]> {
    const sources = await expandFolder(name, onSkipped);
    return sources.map(({ name: file, error }) => ({ name: file, error: error ?? refuse(file) }));
  }

  return {
    known,
    async next() {
      while (given === ahead.length && !isOver) await readOn();
      if (given === ahead.length) return undefined;
      given += 1;
      count += 1;
      return ahead[given - 1];
    },
    total: () => (isOver ? count + ahead.length - given : null),
    waiting: () => ahead.length - given + list.waiting,
    close: () => list.close(),
  };
}

/** The sources on the command line, with patterns and folders expanded; `takesReports` is for `walkFolder`. */
export async function expandTyped(
  typed: readonly string[],
  cwd: string,
  onSkipped: OnSkipped,
  takesReports = false,
): Promise<readonly NamedSource[]> {
  const expanded = await Promise.all(typed.map((name) => expand(name, cwd)));
  const found = expanded.flat();
  const kept = new Set(
    withoutCompanions(
      found.map(({ name }) => name),
      takesReports,
    ),
  );
  const sources: NamedSource[] = [];
  for (const each of found) {
    if (!kept.has(each.name)) continue;
    sources.push(...(each.error === null ? await expandFolder(each.name, onSkipped, takesReports) : [each]));
  }
  return sources;
}

async function expand(name: string, cwd: string): Promise<readonly NamedSource[]> {
  try {
    return (await expandPattern(name, cwd)).map((file) => ({ name: file, error: null }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ name, error }];
  }
}

/**
 * Whether a source must be checked in the main thread: standard input, and URLs, so that few connections are open at
 * once.
 */
export function isForThisThread(name: string): boolean {
  return name === STDIN_NAME || isUrl(name);
}
