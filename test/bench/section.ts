// The contract of a section of the benchmark: measurements that share a table.

export interface Bench {
  /** The path of another `bin/ssescope.js` to compare with, such as one before a change. */
  readonly against: string | null;
  readonly rounds: number;
  /** The size of the large input; other sizes follow from it. */
  readonly bytes: number;
  /** The folder for inputs. */
  readonly folder: string;
  /** Whether to read an input of ten times the size, too; it is only piped. */
  readonly isLargeRead: boolean;
}

export interface Section {
  readonly name: string;
  /** Whether its results are written into the guide. */
  readonly isQuoted: boolean;
  /** Measures and returns Markdown. */
  readonly run: (bench: Bench) => string;
}
