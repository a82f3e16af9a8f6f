// The trials of captures: the ways to read them, whose results must be the same.
import { join } from "node:path";
import { jsonText } from "../../src/model/json-text.ts";
import { redact } from "../capture/redact/support/redact.ts";
import { readChunks } from "../support/with-stretches.ts";
import { anywhere, type Chunks, CUTS, type Cuts } from "./cuts.ts";
import { inFolder, writeFiles } from "./folder.ts";
import { BrokenPromise, describe, perform, type PerformOptions, refuseCommands } from "./perform.ts";
import { SECRET } from "./secret.ts";
import type { Trial } from "./trial.ts";
import { parseDocuments, readReports, refuseInvalid, reportersTo } from "./valid.ts";

/** The report of an input. Throws BrokenPromise if its schema does not allow it. */
async function reportOf(argv: readonly string[], input: Uint8Array, options: PerformOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await perform(["--json", ...argv], { inputBytes: input.length, ...options });
  const reports = parseDocuments(stdout);
  for (const report of reports) refuseInvalid("report", report);
  return [`exit ${exitCode}`, ...reports.map((report) => jsonText(report)), stderr].join("\n");
}

/** The report is the same for all cuts, with and without the fast path. */
const report: Trial = {
  name: "report",
  outputs: [
    ...CUTS.map(([way, cut]) => ({
      way,
      of: (input: Uint8Array, cuts: Cuts) => reportOf(["-"], input, { stdin: cut(input, cuts) }),
    })),
    {
      // A view that shows every event gets no stretches.
      way: "without the fast path",
      of: async (input) => {
        const { exitCode, stdout, stderr } = await perform(["--format", "facts", "-"], { stdin: [input] });
        const reports = stdout.split("\n").filter((line) => line.startsWith('{"schema":"ssescope/report'));
        return [`exit ${exitCode}`, ...reports, stderr].join("\n");
      },
    },
  ],
};

const reportWithTimes: Trial = {
  name: "report with times",
  outputs: [true, false].map((takesStretches) => ({
    way: takesStretches ? "with the fast path" : "without the fast path",
    of: async (input: Uint8Array, cuts: Cuts) => {
      const { report, shown } = await readChunks(anywhere(input, cuts), takesStretches);
      return `${jsonText(report)}\n${shown}`;
    },
  })),
};

const difference: Trial = {
  name: "difference from the fixture",
  outputs: [
    {
      way: "whole",
      of: async (input, { original }) => {
        const done = await perform(["diff", "-", original], { stdin: [input], terminalColumns: 100 });
        return describe(done);
      },
    },
  ],
};

/** The output of a command is the same for all cuts. */
function shown(name: string, argv: readonly string[], options: PerformOptions = {}): Trial {
  return {
    name,
    outputs: CUTS.map(([way, cut]) => ({
      way,
      of: async (input: Uint8Array, cuts: Cuts) => {
        const done = await perform(argv, { ...options, stdin: cut(input, cuts), inputBytes: input.length });
        if (options.terminalColumns === undefined) refuseCommands(done);
        const format = argv[argv.indexOf("--format") + 1];
        if (format === "facts" || format === "wire") {
          for (const record of parseDocuments(done.stdout)) refuseInvalid(format, record);
        }
        return describe(done);
      },
    })),
  };
}

/** A recording gives the same report as its input, except for its name. */
const recorded: Trial = {
  name: "recorded and read again",
  outputs: [
    { way: "as it came", of: (input, cuts) => reportOf(["-"], input, { stdin: anywhere(input, cuts) }) },
    {
      way: "read again",
      of: (input, cuts) =>
        inFolder(async (folder) => {
          const path = join(folder, "capture");
          const argv = ["--json", "--record", path, "-"];
          await perform(argv, { stdin: anywhere(input, cuts), inputBytes: input.length });
          return (await reportOf([path], input)).replaceAll(path, "-");
        }),
    },
  ],
};

/** Every reporter writes valid output. */
const reporters: Trial = {
  name: "reporters",
  outputs: [
    {
      way: "from a file",
      of: (input) =>
        inFolder(async (folder) => {
          const [path = ""] = writeFiles(join(folder, "in"), new Map([["capture", input]]));
          const argv = ["check", "--no-config", "--fail-on", "warning", ...reportersTo(folder), path];
          const done = await perform(argv, { inputBytes: input.length * 10, terminalColumns: 80 });
          return `${describe(done)}${readReports(folder)}`.replaceAll(path, "-");
        }),
    },
  ],
};

const redactedCopy: Trial = {
  name: "redacted copy",
  outputs: CUTS.map(([way, cut]) => ({
    way,
    of: async (input: Uint8Array, cuts: Cuts) => copyOf(cut(input, cuts)) ?? "refused",
  })),
};

/** A redacted copy has the same verdict as its original, and does not contain the planted text. */
const redactedVerdict: Trial = {
  name: "verdict of a redacted copy",
  outputs: [
    { way: "original", of: async (input) => (copyOf([input]) === null ? "refused" : verdictOf(input)) },
    {
      way: "copy",
      of: async (input) => {
        const copy = copyOf([input]);
        if (copy === null) return "refused";
        if (copy.includes(SECRET)) throw new BrokenPromise("a redacted copy contains the planted text");
        return verdictOf(Buffer.from(copy, "latin1"));
      },
    },
  ],
};

async function verdictOf(input: Uint8Array): Promise<string> {
  const { exitCode, stdout } = await perform(["--json", "-"], { stdin: [input], inputBytes: input.length });
  return JSON.stringify([exitCode, parseDocuments(stdout).map((report) => Reflect.get(Object(report), "verdict"))]);
}

/** A redacted copy in latin1; null if the capture is refused. */
function copyOf(chunks: Chunks): string | null {
  try {
    return redact(chunks).toString("latin1");
  } catch (error) {
    if (error instanceof Error && error.name === "UserError") return null;
    throw error;
  }
}

const TERMINAL = { terminalColumns: 80 } as const;

/** The trials for every kind of capture. */
export const readingTrials: readonly Trial[] = [
  report,
  shown("text", ["-"]),
  shown("text of all channels", ["--show", "all", "-"]),
  shown("text on a terminal", ["--show", "all", "--color", "never", "-"], TERMINAL),
  shown("events on a terminal", ["--format", "events", "--color", "always", "-"], TERMINAL),
  // To the end of the stream: after a single event, reading would stop with its chunk.
  shown("events whole, on a terminal", ["show", "--color", "always", "-", "3-"], TERMINAL),
  shown("facts", ["--format", "facts", "-"]),
  shown("events", ["--format", "events", "-"]),
  shown("wire records", ["--format", "wire", "-"]),
  shown("check", ["check", "--no-config", "-"]),
  shown("statistics", ["stats", "--by", "source,model,error.message", "-"]),
  shown("statistics on a terminal", ["stats", "--by", "model,status", "--color", "always", "-"], TERMINAL),
  recorded,
  reporters,
  difference,
];

/** The trials for a capture that is one stream. */
export const streamTrials: readonly Trial[] = [...readingTrials, reportWithTimes, redactedCopy, redactedVerdict];
