import { Writable } from "node:stream";
import type { Checked } from "../../../src/check/checked.ts";
import { type CheckExitCode, worstExitCode } from "../../../src/model/exit-codes.ts";
import type { HumanOptions } from "../../../src/reporters/human-options.ts";
import type { Reporter } from "../../../src/reporters/reporter.ts";
import type { Severity } from "../../../src/model/finding.ts";
import { type ColorMode, colorPage } from "../../../src/terminal/color.ts";
import { createPage } from "../../../src/terminal/page.ts";
import { terminalRuler } from "../../../src/terminal/terminal-ruler.ts";

interface Setting {
  readonly leastShown?: Severity;
  readonly failOn?: Severity;
  readonly expectations?: readonly string[];
  readonly isTTY?: boolean;
  readonly color?: ColorMode;
  readonly human?: HumanOptions;
  readonly columns?: number;
}

export interface Run {
  check(checked: Checked): Promise<void>;
  end(): Promise<void>;
  /** The output so far. */
  text(): string;
}

/** A run of the check as a reporter gets it: the page is flushed after each stream. */
export async function startRun(reporter: Reporter, setting: Setting = {}): Promise<Run> {
  const {
    leastShown = "warning",
    failOn = "error",
    expectations = [],
    isTTY = false,
    color = "never",
    columns,
  } = setting;
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      pieces.push(Buffer.from(chunk));
      done();
    },
  });
  const page = createPage(
    Object.assign(stream, { isTTY: isTTY || columns !== undefined, ...(columns !== undefined && { columns }) }),
  );
  await colorPage(page, color, {});
  if (columns !== undefined) page.measureWith(terminalRuler);
  const reporting = await reporter.create(page, {
    leastShown,
    failOn,
    expectations,
    isSeveral: true,
    stallMs: 10_000,
    ...(setting.human !== undefined && { human: setting.human }),
  });
  const exitCodes: CheckExitCode[] = [];
  return {
    async check(checked) {
      exitCodes.push(checked.exitCode);
      reporting.checked?.(checked);
      await page.flush();
    },
    async end() {
      await reporting.end?.({ exitCode: worstExitCode(exitCodes), streams: exitCodes.length });
      await page.flush();
    },
    text: () => Buffer.concat(pieces).toString(),
  };
}

/** Everything that a reporter writes about these streams. */
export async function reported(reporter: Reporter, streams: Iterable<Checked>, setting: Setting = {}): Promise<string> {
  const run = await startRun(reporter, setting);
  for (const checked of streams) await run.check(checked);
  await run.end();
  return run.text();
}
