// A part of the benchmark: what is measured together, and told in one table.

export interface Bench {
  /** The path of another `bin/ssescope.js`, to be measured beside this one: what it was before a change. */
  readonly against: string | null;
  readonly rounds: number;
  /** The size of the large input; other sizes follow from it. */
  readonly bytes: number;
  /** Where inputs are written. */
  readonly folder: string;
  /** Whether an input of ten times the size, which is only piped, is read too. */
  readonly isLargeRead: boolean;
}

export interface Section {
  readonly name: string;
  /** Whether the guide quotes it. */
  readonly isQuoted: boolean;
  /** Measures, and gives Markdown. */
  readonly run: (bench: Bench) => string;
}
