// Converts the options of a command to those of sources and the pipeline.
import type { Io } from "../io.ts";
import { DEFAULT_POLICY, type RulePolicy } from "../rules/policy.ts";
import type { SourceContext } from "../sources/source.ts";
import { type Pages, tell } from "../terminal/pages.ts";
import type { StreamArguments } from "./options/stream.ts";
import type { ReadOptions } from "./read-source.ts";

/** How a source is read and recorded. */
export function readingOptions(options: StreamArguments): Omit<ReadOptions, "rules"> {
  return {
    framing: options.framing ?? null,
    dialect: options.dialect ?? null,
    maxEventBytes: options.maxEventSize,
    maxDecodedBytes: options.maxDecodedSize,
    record: options.record ?? null,
    redact: options.redact === true,
  };
}

/** The rules of commands that show findings, but do not fail because of them. */
export function defaultRules({ stallThreshold }: StreamArguments): RulePolicy {
  return { ...DEFAULT_POLICY, ...(stallThreshold !== undefined && { stallMs: stallThreshold }) };
}

/** How a source is opened. */
export function sourceContext(options: StreamArguments, io: Io, pages: Pages): SourceContext {
  return {
    io,
    request: {
      method: options.request ?? null,
      headers: options.header,
      headerEnv: options.headerEnv,
      data: options.data,
      bearerEnv: options.bearerEnv ?? null,
    },
    network: {
      connectTimeoutMs: options.connectTimeout,
      headTimeoutMs: options.headTimeout ?? null,
      idleTimeoutMs: options.idleTimeout ?? null,
      maxTimeMs: options.maxTime ?? null,
      retries: options.retry,
      caFile: options.cacert ?? null,
      insecure: options.insecure === true,
      http2: options.http2 === true,
      locationTrusted: options.locationTrusted === true,
    },
    maxEventBytes: options.maxEventSize,
    maxDecodedBytes: options.maxDecodedSize,
    talk: (message) => tell(message, pages),
  };
}
