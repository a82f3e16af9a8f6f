// The exports of `import … from "ssescope"`.
export { check, type CheckOutcome } from "./check.ts";
export { type Inspection, inspect } from "./inspect.ts";
export {
  type Capture,
  type Captures,
  type FaultOptions,
  type Replay,
  type ReplayedRequest,
  type ReplayOptions,
  replay,
} from "./replay.ts";
export { UserError } from "../errors.ts";
export type { FactRecord } from "./facts.ts";
export type { Chunks, FetchResponse, Input, NodeResponse, WebStream } from "./input.ts";
export type { DialectName, FramingName } from "./format-names.ts";
export type { CheckOptions, InspectOptions } from "./options.ts";
export type { Fact, Usage } from "../model/facts.ts";
export type { Finding, Severity } from "../model/finding.ts";
export type { ItemReport, Report, ResponseReport } from "../model/report.ts";
export type { Verdict } from "../model/verdict.ts";
export type { CheckRecord } from "../reporters/record.ts";
