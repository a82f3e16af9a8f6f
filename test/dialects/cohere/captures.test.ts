// Recorded streams of Cohere, compared with an independent reader.
import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../../support/captures.ts";
import { run } from "../../support/io.ts";
import { payloadsOf } from "../../support/plain-reading.ts";
import { parseReport } from "../../support/read-report.ts";

interface Payload {
  readonly type: string;
  readonly id?: string;
  readonly index?: number;
  readonly delta?: {
    readonly finish_reason?: string;
    readonly usage?: { readonly tokens: Record<string, number>; readonly cached_tokens: number };
    readonly message?: {
      readonly tool_plan?: string;
      readonly content?: { readonly text?: string; readonly thinking?: string };
      readonly tool_calls?: {
        readonly id?: string;
        readonly function: { readonly name?: string; readonly arguments: string };
      };
    };
  };
}

const VERDICTS: Readonly<Record<string, string>> = { COMPLETE: "completed", TOOL_CALL: "completed" };

function readPlainly(input: string, isSse: boolean) {
  const payloads = payloadsOf(input, isSse).map((data): Payload => JSON.parse(data));
  const join = (pick: (payload: Payload) => string | undefined): string =>
    payloads.map((one) => pick(one) ?? "").join("");
  const end = payloads.find(({ type }) => type === "message-end")?.delta;
  const calls = payloads.filter(({ type }) => type === "tool-call-start");
  return {
    responses: payloads.filter(({ type }) => type === "message-start").map(({ id }) => id),
    text: join(({ type, delta }) => (type === "content-delta" ? delta?.message?.content?.text : "")),
    reasoning: join(({ delta }) => (delta?.message?.tool_plan ?? "") + (delta?.message?.content?.thinking ?? "")),
    calls: calls.map(({ index, delta }) => [
      delta?.message?.tool_calls?.id,
      delta?.message?.tool_calls?.function.name,
      join((one) => (one.index === index ? one.delta?.message?.tool_calls?.function.arguments : "")),
    ]),
    finish: end?.finish_reason,
    verdict: VERDICTS[end?.finish_reason ?? ""],
    usage: [end?.usage?.tokens["input_tokens"], end?.usage?.cached_tokens, end?.usage?.tokens["output_tokens"]],
  };
}

const streams = captures.filter(({ folder }) => folder === "cohere");

describe("A recorded stream of Cohere", () => {
  test("exists.", ({ skip }) => {
    skip(...withoutCaptures);
    expect(streams.length).toBeGreaterThanOrEqual(4);
  });

  test.each(named(streams))("gives the same as the independent reader, without findings: %s", async (_, capture) => {
    const { exitCode, stdout, stderr } = await run(["--json", "-"], { stdin: [capture.bytes] });
    const report = parseReport(stdout);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(report).toMatchObject({ dialect: "cohere", findings: [] });
    const [response] = report.responses;
    expect({
      responses: report.responses.map(({ id }) => id),
      text: response?.text,
      reasoning: response?.reasoning,
      calls: response?.items
        .filter(({ type }) => type === "function_call")
        .map((item) => [item.callId, item.name, item.arguments ?? ""]),
      finish: response?.status,
      verdict: report.verdict,
      usage: [response?.usage?.inputTokens, response?.usage?.cachedInputTokens, response?.usage?.outputTokens],
    }).toEqual(readPlainly(capture.bytes.toString("utf8"), capture.isSse));
  });
});
