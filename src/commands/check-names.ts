// The sources that a check is asked for: those that were typed, patterns and folders expanded, and those of a list, as they
// arrive.
import { expandFolder, expandPattern, type NamedSource } from "../check/source-names.ts";
import type { SourceList } from "../check/source-list.ts";
import { UserError } from "../errors.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";

/** The sources of a check, one after the other. */
export interface SourceNames {
  /** Those that were known when the check began. */
  readonly known: readonly NamedSource[];
  /** The next one; undefined if there are no more. */
  next(): Promise<NamedSource | undefined>;
  /** How many there are; null while that is not known. */
  total(): number | null;
  /** How many are known and were not taken. */
  waiting(): number;
  /** No more are wanted: lets go of what lists them. */
  close(): void;
}

/** Is given what in a folder is not a capture, and the folder. */
export type OnSkipped = Parameters<typeof expandFolder>[1];

/** Those that are known. */
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
 * Those that are known, and behind them those of the list at `path`, whose folders are expanded as they come. `refuse` says
 * why a listed source may not be read, null if it may. An error of the list comes as its last source.
 */
export function namesWithList(
  known: readonly NamedSource[],
  path: string,
  list: SourceList,
  onSkipped: OnSkipped,
  refuse: (name: string) => UserError | null,
): SourceNames {
  /** What is given out next: what was typed, then one line of the list after the other. */
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

/** The sources that were typed, patterns and folders expanded; `takesReports` is for `walkFolder`. */
export async function expandTyped(
  typed: readonly string[],
  cwd: string,
  onSkipped: OnSkipped,
  takesReports = false,
): Promise<readonly NamedSource[]> {
  const expanded = await Promise.all(typed.map((name) => expand(name, cwd)));
  const sources: NamedSource[] = [];
  for (const each of expanded.flat()) {
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

/** Whether a source is checked in the thread of the command: of standard input there is one, and connections are not opened in dozens. */
export function isForThisThread(name: string): boolean {
  return name === STDIN_NAME || isUrl(name);
}
