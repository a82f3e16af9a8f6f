// Opens the chosen reporters and their files.
import { type Demands, reportedExpectations } from "../check/judge.ts";
import { UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { type Destination, openFile } from "../reporters/destination.ts";
import { github } from "../reporters/github.ts";
import { human } from "../reporters/human.ts";
import type { HumanOptions } from "../reporters/human-options.ts";
import { reporters } from "../reporters/index.ts";
import { markdown } from "../reporters/markdown.ts";
import type { Reporter, ReporterOptions, Reporting } from "../reporters/reporter.ts";
import { timingPathOf } from "../sources/timed/timing-file.ts";
import type { Page } from "../terminal/page.ts";
import { followAll } from "../views/follow-all.ts";
import type { ViewListener } from "../views/view.ts";
import type { ReporterChoice } from "./options/check.ts";
import { identityOf } from "./read-files.ts";

/** Reporters that can share an output: their lines are for people, or for a CI that reads a log line by line. */
const SHARING = new Set([human.name, github.name, "table", "unix"]);

export interface OpenReporters {
  readonly reporting: Required<Omit<Reporting, "follow">>;
  /** Follows a stream for the reporters that show events; null if there are none. */
  readonly follow: (() => ViewListener) | null;
  /** Whether one of them writes the sizes of each response. */
  readonly needsSizes: boolean;
  /** Flushes the files. Throws OutputError. */
  readonly flush: () => Promise<void>;
  /** Closes the files. Throws OutputError if one could not be written. */
  readonly close: () => Promise<void>;
}

interface ReporterContext {
  readonly demands: Demands;
  readonly isSeveral: boolean;
  /** Returns the identities of the files that are read (`readFilesOf`), at least those in `written`; omitted: none. */
  readonly read?: ((written: ReadonlySet<string>) => Promise<ReadonlySet<string>>) | undefined;
  /** The file that is recorded to, if any. */
  readonly recording?: string | undefined;
  /** The file of `--log`, if any. */
  readonly log?: string | undefined;
  readonly human?: HumanOptions;
  /** Called with messages, for example that a folder was created. */
  readonly talk?: (message: string) => void;
  /** The reporters for standard output if none was chosen for it. */
  readonly usual?: readonly ReporterChoice[];
}

/**
 * Opens the chosen reporters, and the usual ones if none was for standard output. Throws UserError if they do not fit.
 */
export async function openReporters(
  chosen: readonly ReporterChoice[],
  { demands, isSeveral, read, recording, log, human: humanOptions, talk = () => {}, usual }: ReporterContext,
  io: Io,
  page: Page,
): Promise<OpenReporters> {
  const choices = chosen.some(({ path }) => path === null) ? chosen : [...(usual ?? usualChoices(io.env)), ...chosen];
  const toStdout = choices.filter(({ path }) => path === null).map(({ name }) => name);
  const alone = toStdout.find((name) => !SHARING.has(name));
  if (alone !== undefined && toStdout.length > 1) {
    throw new UserError(
      `--reporter ${alone} cannot share standard output with other reporters`,
      `give it a file: --reporter ${alone}=${freeFileFor(alone, choices)}`,
    );
  }
  await refuseSharedFiles(choices, { read, recording, log });
  const { failOn } = demands;
  const options: ReporterOptions = {
    leastShown: failOn === "info" ? "info" : "warning",
    failOn,
    expectations: reportedExpectations(demands),
    isSeveral,
    stallMs: demands.rules.stallMs,
    ...(humanOptions !== undefined && { human: humanOptions }),
  };
  const files: Destination[] = [];
  const reportings: Reporting[] = [];

  async function openOn(reporter: Reporter, path: string, flags: "w" | "a"): Promise<void> {
    const file = await openFile(path, flags, talk);
    files.push(file);
    reportings.push(await reporter.create(file.page, options));
  }

  let needsSizes = false;
  for (const { name, path } of choices) {
    const reporter: Reporter = reporters.find((known) => known.name === name) ?? human;
    needsSizes ||= reporter.needsSizes === true;
    if (path === null) reportings.push(await reporter.create(page, options));
    else await openOn(reporter, path, "w");
  }
  // https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
  const summaryPath = io.env.GITHUB_STEP_SUMMARY;
  if (choices.some(({ name }) => name === github.name) && summaryPath) await openOn(markdown, summaryPath, "a");

  const followers = reportings.filter((reporting) => "follow" in reporting);
  return {
    follow: followers.length === 0 ? null : () => followAll(followers.map((reporting) => reporting.follow?.() ?? {})),
    needsSizes,
    reporting: {
      checked(checked) {
        for (const reporting of reportings) reporting.checked?.(checked);
      },
      async end(run) {
        for (const reporting of reportings) await reporting.end?.(run);
      },
    },
    async flush() {
      for (const { page } of files) await page.flush();
    },
    async close() {
      for (const file of files) await file.close();
    },
  };
}

/** Refuses two reporters that write to one file, and one that would overwrite a file before it is read. */
async function refuseSharedFiles(
  choices: readonly ReporterChoice[],
  { read, recording, log }: Pick<ReporterContext, "read" | "recording" | "log">,
): Promise<void> {
  if (choices.every(({ path }) => path === null)) return;
  const owners = new Map<string, string>();
  const sources = (await read?.(writtenBy(choices))) ?? new Set();
  const recorded = recording === undefined ? [] : [recording, timingPathOf(recording)].map(identityOf);
  for (const { name, path } of choices) {
    if (path === null) continue;
    const identity = identityOf(path);
    if (recorded.includes(identity)) {
      throw new UserError(
        `--reporter ${name}=${path} would overwrite the recording`,
        "choose another file for the report",
      );
    }
    if (sources.has(identity)) {
      throw new UserError(
        `--reporter ${name}=${path} would overwrite a file that is read`,
        "choose another file for the report",
      );
    }
    if (log !== undefined && identity === identityOf(log)) {
      throw new UserError(`--reporter ${name} and --log would both write to ${path}`, "give each its own file");
    }
    const owner = owners.get(identity);
    if (owner !== undefined) {
      const hint = `give each its own file: --reporter ${name}=${freeFileFor(name, choices)}`;
      throw new UserError(`the reporters ${owner} and ${name} would both write to ${path}`, hint);
    }
    owners.set(identity, name);
  }
}

/** A file name with the reporter's usual extension that no reporter writes to: `report.xml`, or else `junit.xml`. */
function freeFileFor(name: ReporterChoice["name"], choices: readonly ReporterChoice[]): string {
  const extension = reporters.find((reporter) => reporter.name === name)?.extension ?? name;
  const taken = writtenBy(choices);
  return taken.has(identityOf(`report.${extension}`)) ? `${name}.${extension}` : `report.${extension}`;
}

/** The identities of the files that reporters write to. */
export function writtenBy(choices: readonly ReporterChoice[]): ReadonlySet<string> {
  return new Set(choices.flatMap(({ path }) => (path === null ? [] : [identityOf(path)])));
}

function usualChoices(env: Io["env"]): readonly ReporterChoice[] {
  const names = env.GITHUB_ACTIONS === "true" ? [human.name, github.name] : [human.name];
  return names.map((name) => ({ name, path: null }));
}
