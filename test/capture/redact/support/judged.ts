// The parts of a capture's report that must be the same for its redacted copy.
import { isPublicModel } from "../../../../src/capture/model-names.ts";
import type { Report, ResponseReport } from "../../../../src/model/report.ts";
import { run } from "../../../support/io.ts";
import { parseReport } from "../../../support/read-report.ts";

export async function reportOfBytes(bytes: Uint8Array): Promise<Report> {
  return parseReport((await run(["--json", "-"], { stdin: [bytes] })).stdout);
}

/** A report without the findings of some rules. */
export function withoutFindings(report: Report, rules: readonly string[]): Report {
  const counts = Object.entries(report.findingCounts).filter(([rule]) => !rules.includes(rule));
  const findings = report.findings.filter(({ rule }) => !rules.includes(rule));
  return { ...report, findings, findingCounts: Object.fromEntries(counts) };
}

/** A report without its words. */
export function withoutWords(report: Report): unknown {
  const { framing, dialect, verdict, exitCode, bytes, events, eventTypes, comments, pending } = report;
  const findings = report.findings.map(({ rule, severity, event, line, offset }) => [
    rule,
    severity,
    event,
    line,
    offset,
  ]);
  return {
    counted: { framing, dialect, verdict, exitCode, bytes, events, eventTypes, comments },
    pending: pending && [pending.event, pending.line, pending.offset, sizeOf(pending.data)],
    error: report.error !== null,
    responses: report.responses.map(responseWithoutWords),
    findings,
    findingCounts: report.findingCounts,
  };
}

function responseWithoutWords(response: ResponseReport): unknown {
  const { model, serviceTier, verdict, status, reason, resumed, text, reasoning, refusal, usage, sequence } = response;
  const { inputTokens, cachedInputTokens, outputTokens, reasoningTokens, totalTokens } = usage ?? {};
  return {
    said: {
      model: model === null || isPublicModel(model) ? model : model.length,
      serviceTier,
      verdict,
      status,
      resumed,
      sequence,
    },
    // A reason with spaces is text, not a word of the protocol.
    reason: reason !== null && /\s/.test(reason) ? reason.length : reason,
    hasError: response.error !== null,
    hasUsage: usage !== null,
    usage: [inputTokens, cachedInputTokens, outputTokens, reasoningTokens, totalTokens],
    sizes: [text, reasoning, refusal].map(sizeOf),
    items: response.items.map((item) => ({
      said: [item.index, item.type, item.status, item.name?.length, item.dropped],
      counts: [item.annotations, item.mediaBase64Length],
      sizes: [item.text, item.reasoning, item.refusal, item.arguments, item.output, item.code].map(sizeOf),
    })),
  };
}

/** The size of a text in UTF-16 code units and in bytes. */
function sizeOf(text: string | undefined): readonly [number, number] | null {
  return text === undefined ? null : [text.length, Buffer.byteLength(text)];
}
